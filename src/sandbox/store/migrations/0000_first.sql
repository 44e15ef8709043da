CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"system" text NOT NULL,
	"subject" text NOT NULL,
	"url" text NOT NULL,
	"body" text NOT NULL,
	"headers" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"history" jsonb NOT NULL,
	"due_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"token" text PRIMARY KEY NOT NULL,
	"flow" text NOT NULL,
	"tracking_id" text NOT NULL,
	"user_id" text NOT NULL,
	"amount" bigint,
	"currency" text NOT NULL,
	"restricted" boolean NOT NULL,
	"max_deposit" bigint,
	"provider_id" text,
	"theme" text NOT NULL,
	"ip" text NOT NULL,
	"settings" jsonb NOT NULL,
	"customer" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" text PRIMARY KEY NOT NULL,
	"sequence" serial NOT NULL,
	"token" text,
	"tracking_id" text NOT NULL,
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"reason" text,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"provider_id" text NOT NULL,
	"card_bin" text,
	"card_last_four" text,
	"ip" text NOT NULL,
	"customer" jsonb NOT NULL,
	"waits_for" text NOT NULL,
	"ends_as" text,
	"ends_because" text,
	"due_at" bigint,
	"challenge_id" text,
	"challenge" text,
	"return_url" text,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "deliveries_by_due" ON "deliveries" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "transactions_by_tracking" ON "transactions" USING btree ("tracking_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_one_live" ON "transactions" USING btree ("tracking_id") WHERE status <> 'rejected';--> statement-breakpoint
CREATE INDEX "transactions_by_due" ON "transactions" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "transactions_by_challenge" ON "transactions" USING btree ("challenge_id");