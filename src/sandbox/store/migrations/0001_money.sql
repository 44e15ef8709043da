CREATE TABLE "balances" (
	"system" text NOT NULL,
	"account" text NOT NULL,
	"asset" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "balances_system_account_asset_pk" PRIMARY KEY("system","account","asset"),
	CONSTRAINT "balances_not_negative" CHECK ("balances"."amount" >= 0 or "balances"."account" = 'world')
);
--> statement-breakpoint
CREATE TABLE "entries" (
	"sequence" serial PRIMARY KEY NOT NULL,
	"system" text NOT NULL,
	"transaction" text NOT NULL,
	"account" text NOT NULL,
	"asset" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "entries_not_zero" CHECK ("entries"."amount" <> 0)
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"system" text NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"digest" text NOT NULL,
	"status" integer NOT NULL,
	"answer" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "idempotency_system_scope_key_method_path_pk" PRIMARY KEY("system","scope","key","method","path")
);
--> statement-breakpoint
CREATE TABLE "nxos_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"organization" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"is_primary" boolean NOT NULL,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nxos_beneficiaries" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"account_id" text NOT NULL,
	"type" text NOT NULL,
	"nickname" text NOT NULL,
	"status" text NOT NULL,
	"target_handle" text,
	"details" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nxos_endpoints" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"organization" text NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"disabled" boolean NOT NULL,
	"event_types" jsonb NOT NULL,
	"secret" text NOT NULL,
	"old_secret" text,
	"old_secret_until" bigint,
	"failing_since" bigint,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nxos_funding_methods" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nxos_organizations" (
	"id" text PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"handle" text,
	"enabled" boolean NOT NULL,
	"show_name" boolean NOT NULL,
	CONSTRAINT "nxos_organizations_key_unique" UNIQUE("key"),
	CONSTRAINT "nxos_organizations_handle_unique" UNIQUE("handle")
);
--> statement-breakpoint
CREATE TABLE "nxos_quotes" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"from_asset" text NOT NULL,
	"to_asset" text NOT NULL,
	"from_amount" bigint NOT NULL,
	"to_amount" bigint NOT NULL,
	"fee" bigint NOT NULL,
	"transaction_id" text,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nxos_transactions" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"account_id" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"amount" bigint NOT NULL,
	"asset" text NOT NULL,
	"beneficiary_id" text,
	"description" text,
	"tags" jsonb NOT NULL,
	"metadata" jsonb NOT NULL,
	"details" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "endpoint" text;--> statement-breakpoint
CREATE INDEX "entries_by_account" ON "entries" USING btree ("system","account","asset");--> statement-breakpoint
CREATE INDEX "nxos_beneficiaries_by_account" ON "nxos_beneficiaries" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "nxos_transactions_by_account" ON "nxos_transactions" USING btree ("account_id","sequence");--> statement-breakpoint
-- The ledger's own SQL; part of the migration that creates its tables.
CREATE FUNCTION ledger_post(p_system text, p_transaction text, p_at bigint, p_moves jsonb) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM jsonb_to_recordset(p_moves) AS m(account text, asset text, amount bigint)
    GROUP BY m.asset HAVING sum(m.amount) <> 0
  ) THEN
    RAISE EXCEPTION 'the moves of % do not add up to zero', p_transaction;
  END IF;

  -- New balances and old ones are taken in one order by everybody: nobody waits in a circle.
  INSERT INTO balances (system, account, asset, amount)
    SELECT DISTINCT p_system, m.account, m.asset, 0
    FROM jsonb_to_recordset(p_moves) AS m(account text, asset text, amount bigint)
    ORDER BY 2, 3
    ON CONFLICT DO NOTHING;
  PERFORM 1 FROM balances b
    WHERE b.system = p_system AND (b.account, b.asset) IN (
      SELECT m.account, m.asset FROM jsonb_to_recordset(p_moves) AS m(account text, asset text, amount bigint)
    )
    ORDER BY b.account, b.asset FOR UPDATE;

  UPDATE balances b SET amount = b.amount + m.amount
    FROM (
      SELECT r.account, r.asset, sum(r.amount)::bigint AS amount
      FROM jsonb_to_recordset(p_moves) AS r(account text, asset text, amount bigint)
      GROUP BY r.account, r.asset
    ) m
    WHERE b.system = p_system AND b.account = m.account AND b.asset = m.asset;

  INSERT INTO entries (system, transaction, account, asset, amount, created_at)
    SELECT p_system, p_transaction, m.account, m.asset, m.amount, p_at
    FROM jsonb_to_recordset(p_moves) AS m(account text, asset text, amount bigint);
END $$;
--> statement-breakpoint
CREATE FUNCTION entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'entries of the ledger are never changed; post the opposite';
END $$;
--> statement-breakpoint
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION entries_stay();
