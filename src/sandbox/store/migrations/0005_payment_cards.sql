CREATE TABLE "payment_cards" (
	"id" text PRIMARY KEY NOT NULL,
	"transaction_id" text NOT NULL,
	"user_id" text NOT NULL,
	"network" text NOT NULL,
	"bin" text NOT NULL,
	"last_four" text NOT NULL,
	"expiry" text NOT NULL,
	"saved" boolean NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "payment_cards_by_user" ON "payment_cards" USING btree ("user_id");