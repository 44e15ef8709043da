ALTER TABLE "nxos_beneficiaries" ADD COLUMN "crypto" jsonb;--> statement-breakpoint
ALTER TABLE "nxos_beneficiaries" ADD COLUMN "bank" jsonb;--> statement-breakpoint
ALTER TABLE "nxos_transactions" ADD COLUMN "fee" bigint;--> statement-breakpoint
ALTER TABLE "nxos_transactions" ADD COLUMN "fee_fixed" bigint;--> statement-breakpoint
ALTER TABLE "nxos_transactions" ADD COLUMN "fee_bps" integer;--> statement-breakpoint
ALTER TABLE "nxos_transactions" ADD COLUMN "due_at" bigint;--> statement-breakpoint
ALTER TABLE "nxos_transactions" ADD COLUMN "declined_because" text;--> statement-breakpoint
CREATE INDEX "nxos_transactions_by_due" ON "nxos_transactions" USING btree ("due_at");