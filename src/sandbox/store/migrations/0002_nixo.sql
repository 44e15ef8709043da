CREATE TABLE "nixo_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"country" text,
	"kyc_status" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"is_operating" boolean NOT NULL,
	"due_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "nixo_payouts" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"account_id" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"destination_country" text NOT NULL,
	"recipient" jsonb NOT NULL,
	"reference" text,
	"metadata" jsonb NOT NULL,
	"status" text NOT NULL,
	"failure_reason" text,
	"history" jsonb NOT NULL,
	"ends_as" text NOT NULL,
	"ends_because" text,
	"due_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "nixo_payouts_by_due" ON "nixo_payouts" USING btree ("due_at");