CREATE TABLE "files" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"storage_key" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sha256" text,
	"uploaded_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "files_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "product_pictures" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"alt_ar" text DEFAULT '' NOT NULL,
	"alt_en" text DEFAULT '' NOT NULL,
	"original_file_id" uuid NOT NULL,
	"renditions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"failed_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "product_pictures_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "product_prices" (
	"workspace_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"mode" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"suggested_minor" bigint,
	CONSTRAINT "product_prices_workspace_id_product_id_currency_pk" PRIMARY KEY("workspace_id","product_id","currency"),
	CONSTRAINT "product_prices_amount" CHECK ("product_prices"."amount_minor" >= 0)
);

CREATE TABLE "product_slugs" (
	"workspace_id" uuid NOT NULL,
	"slug_key" text NOT NULL,
	"product_id" uuid NOT NULL,
	"current" boolean NOT NULL,
	CONSTRAINT "product_slugs_workspace_id_slug_key_pk" PRIMARY KEY("workspace_id","slug_key")
);

CREATE TABLE "product_stock" (
	"workspace_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"stock_limit" integer NOT NULL,
	"reserved" integer DEFAULT 0 NOT NULL,
	"sold" integer DEFAULT 0 NOT NULL,
	"counted_from" timestamp with time zone NOT NULL,
	CONSTRAINT "product_stock_workspace_id_product_id_pk" PRIMARY KEY("workspace_id","product_id"),
	CONSTRAINT "product_stock_bounds" CHECK ("product_stock"."stock_limit" >= 0 AND "product_stock"."reserved" >= 0 AND "product_stock"."sold" >= 0)
);

CREATE TABLE "product_version_files" (
	"workspace_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "product_version_files_workspace_id_version_id_file_id_pk" PRIMARY KEY("workspace_id","version_id","file_id")
);

CREATE TABLE "product_versions" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"notes_ar" text DEFAULT '' NOT NULL,
	"notes_en" text DEFAULT '' NOT NULL,
	"published_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "product_versions_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "product_versions_number" UNIQUE("workspace_id","product_id","number")
);

CREATE TABLE "product_words" (
	"workspace_id" uuid NOT NULL,
	"product_id" uuid NOT NULL,
	"word" text NOT NULL,
	"weight" smallint NOT NULL,
	"on_sale" boolean NOT NULL,
	CONSTRAINT "product_words_workspace_id_product_id_word_pk" PRIMARY KEY("workspace_id","product_id","word")
);

CREATE TABLE "products" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"title_ar" text NOT NULL,
	"title_en" text NOT NULL,
	"title_key_ar" text DEFAULT '' NOT NULL,
	"title_key_en" text DEFAULT '' NOT NULL,
	"summary_ar" text DEFAULT '' NOT NULL,
	"summary_en" text DEFAULT '' NOT NULL,
	"description_ar" text DEFAULT '' NOT NULL,
	"description_en" text DEFAULT '' NOT NULL,
	"faq" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"refund_policy_ar" text DEFAULT '' NOT NULL,
	"refund_policy_en" text DEFAULT '' NOT NULL,
	"for_whom_ar" text DEFAULT '' NOT NULL,
	"for_whom_en" text DEFAULT '' NOT NULL,
	"sample_file_id" uuid,
	"shows_sold" boolean DEFAULT false NOT NULL,
	"copies_sold" bigint DEFAULT 0 NOT NULL,
	"slug" text NOT NULL,
	"short_slug" text,
	"published_at" timestamp with time zone,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "products_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "stores" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name_ar" text NOT NULL,
	"name_en" text NOT NULL,
	"tagline_ar" text DEFAULT '' NOT NULL,
	"tagline_en" text DEFAULT '' NOT NULL,
	"about_ar" text DEFAULT '' NOT NULL,
	"about_en" text DEFAULT '' NOT NULL,
	"refund_policy_ar" text DEFAULT '' NOT NULL,
	"refund_policy_en" text DEFAULT '' NOT NULL,
	"default_locale" text DEFAULT 'ar' NOT NULL,
	"currencies" text[] NOT NULL,
	"tax_rate_bps" integer DEFAULT 0 NOT NULL,
	"prices_include_tax" boolean DEFAULT true NOT NULL,
	"legal_name" text DEFAULT '' NOT NULL,
	"tax_number" text DEFAULT '' NOT NULL,
	"address" jsonb,
	"country" text DEFAULT '' NOT NULL,
	"support_email" text DEFAULT '' NOT NULL,
	"providers" text[] NOT NULL,
	"time_zone" text DEFAULT 'Asia/Riyadh' NOT NULL,
	"look" text DEFAULT 'calm-sans' NOT NULL,
	"cover_picture_id" uuid,
	"cover_file_id" uuid,
	"cover_renditions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"cover_failed_reason" text,
	"revision" bigint DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stores_tax_rate" CHECK ("stores"."tax_rate_bps" BETWEEN 0 AND 10000)
);

CREATE TABLE "buyer_words" (
	"workspace_id" uuid NOT NULL,
	"email" text NOT NULL,
	"word" text NOT NULL,
	CONSTRAINT "buyer_words_workspace_id_email_word_pk" PRIMARY KEY("workspace_id","email","word")
);

CREATE TABLE "order_notes" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"user_id" uuid,
	"body" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "order_notes_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "test_faults" (
	"workspace_id" uuid NOT NULL,
	"call" text NOT NULL,
	"remaining" integer NOT NULL,
	CONSTRAINT "test_faults_workspace_id_call_pk" PRIMARY KEY("workspace_id","call"),
	CONSTRAINT "test_faults_remaining" CHECK ("test_faults"."remaining" >= 0)
);

CREATE TABLE "test_payments" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"description" text NOT NULL,
	"locale" text NOT NULL,
	"return_url" text NOT NULL,
	"settles_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "test_payments_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "test_payments_key" UNIQUE("workspace_id","idempotency_key"),
	CONSTRAINT "test_payments_refunded" CHECK ("test_payments"."refunded_minor" BETWEEN 0 AND "test_payments"."amount_minor")
);

CREATE TABLE "test_refunds" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"test_payment_id" uuid NOT NULL,
	"idempotency_key" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "test_refunds_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "test_refunds_key" UNIQUE("workspace_id","idempotency_key")
);

CREATE TABLE "carts" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"currency" text NOT NULL,
	"items" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"order_id" uuid,
	"replaces_order_id" uuid,
	CONSTRAINT "carts_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "document_counters" (
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "document_counters_workspace_id_kind_year_pk" PRIMARY KEY("workspace_id","kind","year")
);

CREATE TABLE "documents" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"year" integer NOT NULL,
	"number" integer NOT NULL,
	"order_id" uuid NOT NULL,
	"refund_id" uuid,
	"data" jsonb NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	CONSTRAINT "documents_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "documents_number" UNIQUE("workspace_id","kind","year","number"),
	CONSTRAINT "documents_once" UNIQUE NULLS NOT DISTINCT("workspace_id","order_id","kind","refund_id")
);

CREATE TABLE "order_lines" (
	"workspace_id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"product_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"title_ar" text NOT NULL,
	"title_en" text NOT NULL,
	"quantity" integer NOT NULL,
	"unit_minor" bigint NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"stocked" boolean NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"refunded_tax_minor" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "order_lines_workspace_id_order_id_line_pk" PRIMARY KEY("workspace_id","order_id","line"),
	CONSTRAINT "order_lines_sum" CHECK ("order_lines"."net_minor" + "order_lines"."tax_minor" = "order_lines"."total_minor"),
	CONSTRAINT "order_lines_refunded" CHECK ("order_lines"."refunded_minor" BETWEEN 0 AND "order_lines"."total_minor"),
	CONSTRAINT "order_lines_refunded_tax" CHECK ("order_lines"."refunded_tax_minor" BETWEEN 0 AND "order_lines"."tax_minor")
);

CREATE TABLE "orders" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"status" text NOT NULL,
	"locale" text NOT NULL,
	"email" text NOT NULL,
	"buyer_name" text NOT NULL,
	"currency" text NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"tax_rate_bps" integer NOT NULL,
	"prices_include_tax" boolean NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"paid_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL,
	"cancelled_at" timestamp with time zone,
	"cancel_reason" text,
	CONSTRAINT "orders_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "orders_number" UNIQUE("workspace_id","number"),
	CONSTRAINT "orders_sum" CHECK ("orders"."net_minor" + "orders"."tax_minor" = "orders"."total_minor"),
	CONSTRAINT "orders_refunded" CHECK ("orders"."refunded_minor" BETWEEN 0 AND "orders"."total_minor")
);

CREATE TABLE "payment_events" (
	"workspace_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"event_id" text NOT NULL,
	"reference" text NOT NULL,
	"payload" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"handled_at" timestamp with time zone,
	"outcome" text,
	CONSTRAINT "payment_events_workspace_id_provider_event_id_pk" PRIMARY KEY("workspace_id","provider","event_id")
);

CREATE TABLE "payments" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"amount_minor" bigint NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"provider_reference" text,
	"redirect_url" text,
	"decline_reason" text,
	"problem" text,
	"observed" jsonb,
	"problem_settled_at" timestamp with time zone,
	"problem_note" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"captured_at" timestamp with time zone,
	"check_at" timestamp with time zone,
	CONSTRAINT "payments_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "payments_reference" UNIQUE("workspace_id","provider","provider_reference"),
	CONSTRAINT "payments_refunded" CHECK ("payments"."refunded_minor" BETWEEN 0 AND "payments"."amount_minor")
);

CREATE TABLE "refund_lines" (
	"workspace_id" uuid NOT NULL,
	"refund_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	CONSTRAINT "refund_lines_workspace_id_refund_id_line_pk" PRIMARY KEY("workspace_id","refund_id","line")
);

CREATE TABLE "refunds" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"payment_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"currency" text NOT NULL,
	"net_minor" bigint NOT NULL,
	"tax_minor" bigint NOT NULL,
	"total_minor" bigint NOT NULL,
	"reason" text NOT NULL,
	"restock" boolean DEFAULT false NOT NULL,
	"provider_reference" text,
	"failed_reason" text,
	"created_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	"check_at" timestamp with time zone,
	CONSTRAINT "refunds_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "refunds_sum" CHECK ("refunds"."net_minor" + "refunds"."tax_minor" = "refunds"."total_minor")
);

CREATE TABLE "saved_views" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"screen" text NOT NULL,
	"name" text NOT NULL,
	"search" jsonb NOT NULL,
	"shared" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_views_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "buyer_links" (
	"workspace_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "buyer_links_workspace_id_token_hash_pk" PRIMARY KEY("workspace_id","token_hash")
);

CREATE TABLE "downloads" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"entitlement_id" uuid NOT NULL,
	"file_id" uuid NOT NULL,
	"link_id" text NOT NULL,
	"size_bytes" bigint NOT NULL,
	"sent_bytes" bigint NOT NULL,
	"forgiven" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	CONSTRAINT "downloads_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "downloads_once" UNIQUE("workspace_id","entitlement_id","file_id","link_id")
);

CREATE TABLE "entitlements" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"order_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"product_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"quantity" integer NOT NULL,
	"state" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	CONSTRAINT "entitlements_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "entitlements_once" UNIQUE("workspace_id","order_id","line","kind")
);

CREATE TABLE "ledger_accounts" (
	"balance" bigint DEFAULT 0 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"pending_debit" bigint DEFAULT 0 NOT NULL,
	"pending_credit" bigint DEFAULT 0 NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"open_from" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sign" smallint NOT NULL,
	"code" text NOT NULL,
	"currency" text NOT NULL,
	"floor" bigint,
	CONSTRAINT "ledger_accounts_workspace_id_number_pk" PRIMARY KEY("workspace_id","number"),
	CONSTRAINT "ledger_accounts_code" UNIQUE("workspace_id","code","currency")
);

CREATE TABLE "ledger_books" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"accounts" integer DEFAULT 0 NOT NULL,
	"dimensions" integer DEFAULT 0 NOT NULL,
	"open_from" timestamp with time zone DEFAULT '-infinity' NOT NULL
);

CREATE TABLE "ledger_chart" (
	"workspace_id" uuid NOT NULL,
	"code" text NOT NULL,
	"type" text NOT NULL,
	"name_ar" text NOT NULL,
	"name_en" text NOT NULL,
	"sign" smallint NOT NULL,
	"floor" bigint,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_chart_workspace_id_code_pk" PRIMARY KEY("workspace_id","code")
);

CREATE TABLE "ledger_closings" (
	"workspace_id" uuid NOT NULL,
	"through" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone NOT NULL,
	"actor" integer NOT NULL,
	"memo" text DEFAULT '' NOT NULL,
	CONSTRAINT "ledger_closings_workspace_id_through_pk" PRIMARY KEY("workspace_id","through")
);

CREATE TABLE "ledger_days" (
	"workspace_id" uuid NOT NULL,
	"account" integer NOT NULL,
	"day" date NOT NULL,
	"stream" integer NOT NULL,
	"debit" numeric NOT NULL,
	"credit" numeric NOT NULL,
	"postings" bigint NOT NULL,
	"first_version" bigint NOT NULL,
	"last_version" bigint NOT NULL,
	CONSTRAINT "ledger_days_workspace_id_account_day_stream_pk" PRIMARY KEY("workspace_id","account","day","stream")
);

CREATE TABLE "ledger_dimensions" (
	"workspace_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	CONSTRAINT "ledger_dimensions_workspace_id_number_pk" PRIMARY KEY("workspace_id","number"),
	CONSTRAINT "ledger_dimensions_id" UNIQUE("workspace_id","kind","id")
);

CREATE TABLE "ledger_entries" (
	"effective_at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"actor" integer NOT NULL,
	"kind" text NOT NULL,
	"source_kind" text DEFAULT '' NOT NULL,
	"memo" text DEFAULT '' NOT NULL,
	"source_id" uuid,
	CONSTRAINT "ledger_entries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "ledger_entries_key" UNIQUE("workspace_id","key")
);

CREATE TABLE "ledger_holds" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"debit_account" integer NOT NULL,
	"credit_account" integer NOT NULL,
	"amount" bigint NOT NULL,
	"posted" bigint DEFAULT 0 NOT NULL,
	"voided" bigint DEFAULT 0 NOT NULL,
	"expired" bigint DEFAULT 0 NOT NULL,
	"actor" integer NOT NULL,
	"stream" integer,
	"kind" text NOT NULL,
	"source_kind" text DEFAULT '' NOT NULL,
	"source_id" uuid,
	"memo" text DEFAULT '' NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"resolved_at" timestamp with time zone,
	CONSTRAINT "ledger_holds_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "ledger_holds_key" UNIQUE("workspace_id","key")
);

CREATE TABLE "ledger_postings" (
	"amount" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"workspace_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"account" integer NOT NULL,
	"chapter" integer NOT NULL,
	"stream" integer DEFAULT 0 NOT NULL,
	"place" smallint NOT NULL,
	"line" smallint NOT NULL,
	CONSTRAINT "ledger_postings_workspace_id_entry_id_line_pk" PRIMARY KEY("workspace_id","entry_id","line")
);

CREATE TABLE "ledger_rates" (
	"workspace_id" uuid NOT NULL,
	"base" text NOT NULL,
	"quote" text NOT NULL,
	"day" date NOT NULL,
	"numerator" bigint NOT NULL,
	"denominator" bigint NOT NULL,
	"source" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ledger_rates_workspace_id_base_quote_day_pk" PRIMARY KEY("workspace_id","base","quote","day")
);

CREATE TABLE "ledger_relations" (
	"workspace_id" uuid NOT NULL,
	"entry_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"target_id" uuid NOT NULL,
	CONSTRAINT "ledger_relations_workspace_id_entry_id_pk" PRIMARY KEY("workspace_id","entry_id")
);

CREATE TABLE "ledger_sealed" (
	"workspace_id" uuid NOT NULL,
	"account" integer NOT NULL,
	"version" bigint NOT NULL,
	CONSTRAINT "ledger_sealed_workspace_id_account_pk" PRIMARY KEY("workspace_id","account")
);

CREATE TABLE "ledger_seals" (
	"workspace_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"postings" integer NOT NULL,
	"accounts" integer[] NOT NULL,
	"from_versions" bigint[] NOT NULL,
	"to_versions" bigint[] NOT NULL,
	"previous" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	"locators" "bytea" NOT NULL,
	CONSTRAINT "ledger_seals_workspace_id_number_pk" PRIMARY KEY("workspace_id","number")
);

CREATE TABLE "planner_assessments" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"answers" jsonb NOT NULL,
	"settled" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "planner_assessments_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);

CREATE TABLE "planner_focuses" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"stream_id" uuid NOT NULL,
	"profile" text,
	"recommended" text,
	"begun_on" date NOT NULL,
	"kill_on" date NOT NULL,
	"loss_cap" bigint NOT NULL,
	"currency" text NOT NULL,
	"rule_months" integer NOT NULL,
	"rule_of" integer NOT NULL,
	"rule_amount" bigint NOT NULL,
	"rule_minutes" integer NOT NULL,
	"ended_on" date,
	"ended_as" text,
	"note" text NOT NULL,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "planner_focuses_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "planner_jumps" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"focus_id" uuid NOT NULL,
	"wanted" text NOT NULL,
	"decision" text NOT NULL,
	"reason" text NOT NULL,
	"figures" jsonb NOT NULL,
	"decided_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "planner_jumps_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "planner_milestones" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"focus_id" uuid NOT NULL,
	"title" text NOT NULL,
	"due_on" date NOT NULL,
	"done_on" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "planner_milestones_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "plans" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"input" jsonb NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "plans_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "projections" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"plan_id" uuid NOT NULL,
	"name" text NOT NULL,
	"seed" text NOT NULL,
	"engine" integer NOT NULL,
	"paths" integer NOT NULL,
	"input" jsonb NOT NULL,
	"result" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "projections_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "planner_reviews" (
	"workspace_id" uuid NOT NULL,
	"focus_id" uuid NOT NULL,
	"week" date NOT NULL,
	"answers" jsonb,
	"written_by" uuid,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "planner_reviews_workspace_id_focus_id_week_pk" PRIMARY KEY("workspace_id","focus_id","week")
);

CREATE TABLE "privacy_requests" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about" text NOT NULL,
	"email" text,
	"user_id" uuid,
	"requested_by" uuid NOT NULL,
	"status" text NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"parts" integer DEFAULT 0 NOT NULL,
	"rows_touched" integer DEFAULT 0 NOT NULL,
	"size_bytes" bigint,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "privacy_requests_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "stream_import_keys" (
	"workspace_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"amount" bigint NOT NULL,
	"fee" bigint NOT NULL,
	CONSTRAINT "stream_import_keys_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);

CREATE TABLE "stream_import_mappings" (
	"workspace_id" uuid NOT NULL,
	"signature" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"used_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_import_mappings_workspace_id_signature_pk" PRIMARY KEY("workspace_id","signature")
);

CREATE TABLE "stream_import_rows" (
	"workspace_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"fate" text NOT NULL,
	"reason" text NOT NULL,
	"cell" text NOT NULL,
	"key" uuid,
	"kind" text,
	"day" date,
	"currency" text,
	"amount" bigint,
	"fee" bigint,
	"what" text NOT NULL,
	"payer" text NOT NULL,
	"entry_id" uuid,
	"fee_entry_id" uuid,
	CONSTRAINT "stream_import_rows_workspace_id_import_id_line_pk" PRIMARY KEY("workspace_id","import_id","line")
);

CREATE TABLE "stream_imports" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"file_name" text NOT NULL,
	"size_bytes" integer NOT NULL,
	"source" text NOT NULL,
	"state" text NOT NULL,
	"head" jsonb NOT NULL,
	"mapping" jsonb,
	"preview" jsonb,
	"targets" jsonb,
	"problem" jsonb,
	"reading" integer NOT NULL,
	"done" integer NOT NULL,
	"total" integer NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "stream_imports_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "concentration_alarms" (
	"workspace_id" uuid NOT NULL,
	"dimension" text NOT NULL,
	"kind" text NOT NULL,
	"since" text NOT NULL,
	CONSTRAINT "concentration_alarms_workspace_id_dimension_kind_pk" PRIMARY KEY("workspace_id","dimension","kind")
);

CREATE TABLE "concentration_limits" (
	"workspace_id" uuid NOT NULL,
	"dimension" text NOT NULL,
	"hhi_bps" integer,
	"largest_bps" integer,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "concentration_limits_workspace_id_dimension_pk" PRIMARY KEY("workspace_id","dimension")
);

CREATE TABLE "concentration_watches" (
	"workspace_id" uuid NOT NULL,
	"mails" boolean NOT NULL,
	"checked_month" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "concentration_watches_workspace_id_pk" PRIMARY KEY("workspace_id")
);

CREATE TABLE "living_costs" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"valid_from" text NOT NULL,
	"place" integer NOT NULL,
	"step" text NOT NULL,
	"label" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"falls" text NOT NULL,
	"month" integer,
	CONSTRAINT "living_costs_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "stream_hours" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"stream_id" uuid NOT NULL,
	"user_id" uuid,
	"purpose" text NOT NULL,
	"day" date NOT NULL,
	"minutes" integer NOT NULL,
	"note" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_hours_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "stream_money_settings" (
	"workspace_id" uuid NOT NULL,
	"reporting_currency" text,
	"rate_kind" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_money_settings_workspace_id_pk" PRIMARY KEY("workspace_id")
);

CREATE TABLE "stream_parallel_rates" (
	"workspace_id" uuid NOT NULL,
	"base" text NOT NULL,
	"quote" text NOT NULL,
	"day" date NOT NULL,
	"numerator" bigint NOT NULL,
	"denominator" bigint NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_parallel_rates_workspace_id_quote_base_day_pk" PRIMARY KEY("workspace_id","quote","base","day")
);

CREATE TABLE "stream_price_series" (
	"workspace_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"currency" text NOT NULL,
	"month" text NOT NULL,
	"numerator" bigint NOT NULL,
	"denominator" bigint NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_price_series_workspace_id_kind_currency_month_pk" PRIMARY KEY("workspace_id","kind","currency","month")
);

CREATE TABLE "stream_recurring" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"stream_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"cost_kind" text NOT NULL,
	"amount" bigint NOT NULL,
	"currency" text NOT NULL,
	"note" text NOT NULL,
	"every" text NOT NULL,
	"begins_on" date NOT NULL,
	"ends_on" date,
	"next_on" date,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_recurring_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "stream_timers" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"stream_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"day" date NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stream_timers_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);

CREATE TABLE "streams" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"dimension_kind" text NOT NULL,
	"dimension_id" text NOT NULL,
	"platform" text NOT NULL,
	"payer" text NOT NULL,
	"country" text,
	"currency" text,
	"began_on" date,
	"ended_on" date,
	"life_months" integer NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "streams_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "streams_dimension" UNIQUE("workspace_id","dimension_kind","dimension_id")
);

CREATE TABLE "webhook_attempts" (
	"workspace_id" uuid NOT NULL,
	"delivery_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"duration_ms" integer NOT NULL,
	"status" integer,
	"fault" text,
	"answer" text NOT NULL,
	CONSTRAINT "webhook_attempts_workspace_id_delivery_id_number_pk" PRIMARY KEY("workspace_id","delivery_id","number")
);

CREATE TABLE "webhook_deliveries" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"state" text NOT NULL,
	"tries" integer NOT NULL,
	"attempts" integer NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"last_status" integer,
	"last_fault" text,
	"created_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "webhook_deliveries_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "webhook_deliveries_once" UNIQUE("workspace_id","message_id","endpoint_id")
);

CREATE TABLE "webhook_endpoints" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"url" text NOT NULL,
	"description" text NOT NULL,
	"event_types" text[],
	"state" text NOT NULL,
	"state_at" timestamp with time zone NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_until" timestamp with time zone,
	"failing_since" timestamp with time zone,
	"last_success_at" timestamp with time zone,
	"slow" boolean NOT NULL,
	"lease" uuid,
	"lease_until" timestamp with time zone,
	"wake_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "webhook_endpoints_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "webhook_messages" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_messages_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "audit_events" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"user_id" uuid,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"ip" text,
	"request_id" text NOT NULL,
	CONSTRAINT "audit_events_workspace_id_id_pk" PRIMARY KEY("workspace_id","id")
);

CREATE TABLE "audit_heads" (
	"workspace_id" uuid PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"hash" text NOT NULL,
	"signature" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);

CREATE TABLE "audit_links" (
	"workspace_id" uuid NOT NULL,
	"number" bigint NOT NULL,
	"event_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_links_workspace_id_number_pk" PRIMARY KEY("workspace_id","number"),
	CONSTRAINT "audit_links_event" UNIQUE("workspace_id","event_id")
);

CREATE TABLE "audit_waiting" (
	"workspace_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	CONSTRAINT "audit_waiting_workspace_id_event_id_pk" PRIMARY KEY("workspace_id","event_id")
);

CREATE TABLE "invitations" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"locale" text NOT NULL,
	"hash" text NOT NULL,
	"is_shown" boolean NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"sendings" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "invitations_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "invitations_hash" UNIQUE("workspace_id","hash")
);

CREATE TABLE "ownership_offers" (
	"workspace_id" uuid NOT NULL,
	"from_user_id" uuid NOT NULL,
	"to_user_id" uuid NOT NULL,
	"is_shared" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ownership_offers_workspace_id_from_user_id_pk" PRIMARY KEY("workspace_id","from_user_id")
);

CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "accounts_provider" UNIQUE("provider_id","account_id")
);

CREATE TABLE "api_tokens" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"rights" text[] NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_tokens_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "api_tokens_hash" UNIQUE("workspace_id","hash")
);

CREATE TABLE "instance" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);

CREATE TABLE "members" (
	"workspace_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	CONSTRAINT "members_workspace_id_user_id_pk" PRIMARY KEY("workspace_id","user_id")
);

CREATE TABLE "passkeys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"synced" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_credential_id_unique" UNIQUE("credential_id")
);

CREATE TABLE "proofs" (
	"hash" text PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"user_id" uuid NOT NULL,
	"email" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);

CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);

CREATE TABLE "store_directory" (
	"slug" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"name_ar" text DEFAULT '' NOT NULL,
	"name_en" text DEFAULT '' NOT NULL,
	"tagline_ar" text DEFAULT '' NOT NULL,
	"tagline_en" text DEFAULT '' NOT NULL,
	CONSTRAINT "store_directory_workspace" UNIQUE("workspace_id")
);

CREATE TABLE "store_former_slugs" (
	"slug" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL
);

CREATE TABLE "two_factors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	CONSTRAINT "two_factors_user_id_unique" UNIQUE("user_id")
);

CREATE TABLE "used_codes" (
	"hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);

CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean NOT NULL,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"image" text,
	"locale" text DEFAULT 'ar' NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);

CREATE TABLE "verifications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);

CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);

CREATE TABLE "idempotency_keys" (
	"workspace_id" uuid NOT NULL,
	"scope" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"answer" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_workspace_id_scope_key_pk" PRIMARY KEY("workspace_id","scope","key")
);

CREATE TABLE "messages" (
	"workspace_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"dedupe_key" text NOT NULL,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"from_name" text NOT NULL,
	"reply_to" text,
	"to_email" text NOT NULL,
	"to_name" text NOT NULL,
	"subject" text NOT NULL,
	"html" text NOT NULL,
	"text" text NOT NULL,
	"secret" text,
	"attachments" jsonb NOT NULL,
	"related_kind" text,
	"related_id" uuid,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"message_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone,
	"retry_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "messages_workspace_id_id_pk" PRIMARY KEY("workspace_id","id"),
	CONSTRAINT "messages_dedupe" UNIQUE("workspace_id","dedupe_key"),
	CONSTRAINT "messages_sent" CHECK (("messages"."status" = 'sent') = ("messages"."sent_at" IS NOT NULL))
);

ALTER TABLE "files" ADD CONSTRAINT "files_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_pictures" ADD CONSTRAINT "product_pictures_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_pictures" ADD CONSTRAINT "product_pictures_workspace_id_original_file_id_files_workspace_id_id_fk" FOREIGN KEY ("workspace_id","original_file_id") REFERENCES "public"."files"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_prices" ADD CONSTRAINT "product_prices_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_slugs" ADD CONSTRAINT "product_slugs_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_stock" ADD CONSTRAINT "product_stock_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_version_files" ADD CONSTRAINT "product_version_files_workspace_id_version_id_product_versions_workspace_id_id_fk" FOREIGN KEY ("workspace_id","version_id") REFERENCES "public"."product_versions"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_version_files" ADD CONSTRAINT "product_version_files_workspace_id_file_id_files_workspace_id_id_fk" FOREIGN KEY ("workspace_id","file_id") REFERENCES "public"."files"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_versions" ADD CONSTRAINT "product_versions_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "product_words" ADD CONSTRAINT "product_words_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "products" ADD CONSTRAINT "products_workspace_id_stores_workspace_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."stores"("workspace_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "products" ADD CONSTRAINT "products_workspace_id_sample_file_id_files_workspace_id_id_fk" FOREIGN KEY ("workspace_id","sample_file_id") REFERENCES "public"."files"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stores" ADD CONSTRAINT "stores_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stores" ADD CONSTRAINT "stores_workspace_id_cover_file_id_files_workspace_id_id_fk" FOREIGN KEY ("workspace_id","cover_file_id") REFERENCES "public"."files"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "order_notes" ADD CONSTRAINT "order_notes_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "test_refunds" ADD CONSTRAINT "test_refunds_workspace_id_test_payment_id_test_payments_workspace_id_id_fk" FOREIGN KEY ("workspace_id","test_payment_id") REFERENCES "public"."test_payments"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "documents" ADD CONSTRAINT "documents_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "payments" ADD CONSTRAINT "payments_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "refund_lines" ADD CONSTRAINT "refund_lines_workspace_id_refund_id_refunds_workspace_id_id_fk" FOREIGN KEY ("workspace_id","refund_id") REFERENCES "public"."refunds"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_workspace_id_payment_id_payments_workspace_id_id_fk" FOREIGN KEY ("workspace_id","payment_id") REFERENCES "public"."payments"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "downloads" ADD CONSTRAINT "downloads_workspace_id_entitlement_id_entitlements_workspace_id_id_fk" FOREIGN KEY ("workspace_id","entitlement_id") REFERENCES "public"."entitlements"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_workspace_id_order_id_orders_workspace_id_id_fk" FOREIGN KEY ("workspace_id","order_id") REFERENCES "public"."orders"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "entitlements" ADD CONSTRAINT "entitlements_workspace_id_product_id_products_workspace_id_id_fk" FOREIGN KEY ("workspace_id","product_id") REFERENCES "public"."products"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "planner_assessments" ADD CONSTRAINT "planner_assessments_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "planner_focuses" ADD CONSTRAINT "planner_focuses_workspace_id_stream_id_streams_workspace_id_id_fk" FOREIGN KEY ("workspace_id","stream_id") REFERENCES "public"."streams"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "planner_jumps" ADD CONSTRAINT "planner_jumps_workspace_id_focus_id_planner_focuses_workspace_id_id_fk" FOREIGN KEY ("workspace_id","focus_id") REFERENCES "public"."planner_focuses"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "planner_milestones" ADD CONSTRAINT "planner_milestones_workspace_id_focus_id_planner_focuses_workspace_id_id_fk" FOREIGN KEY ("workspace_id","focus_id") REFERENCES "public"."planner_focuses"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "plans" ADD CONSTRAINT "plans_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "projections" ADD CONSTRAINT "projections_workspace_id_plan_id_plans_workspace_id_id_fk" FOREIGN KEY ("workspace_id","plan_id") REFERENCES "public"."plans"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "planner_reviews" ADD CONSTRAINT "planner_reviews_workspace_id_focus_id_planner_focuses_workspace_id_id_fk" FOREIGN KEY ("workspace_id","focus_id") REFERENCES "public"."planner_focuses"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "privacy_requests" ADD CONSTRAINT "privacy_requests_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_imports" ADD CONSTRAINT "stream_imports_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concentration_alarms" ADD CONSTRAINT "concentration_alarms_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concentration_limits" ADD CONSTRAINT "concentration_limits_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "concentration_watches" ADD CONSTRAINT "concentration_watches_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "living_costs" ADD CONSTRAINT "living_costs_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_hours" ADD CONSTRAINT "stream_hours_workspace_id_stream_id_streams_workspace_id_id_fk" FOREIGN KEY ("workspace_id","stream_id") REFERENCES "public"."streams"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_money_settings" ADD CONSTRAINT "stream_money_settings_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_parallel_rates" ADD CONSTRAINT "stream_parallel_rates_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_price_series" ADD CONSTRAINT "stream_price_series_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_recurring" ADD CONSTRAINT "stream_recurring_workspace_id_stream_id_streams_workspace_id_id_fk" FOREIGN KEY ("workspace_id","stream_id") REFERENCES "public"."streams"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "stream_timers" ADD CONSTRAINT "stream_timers_workspace_id_stream_id_streams_workspace_id_id_fk" FOREIGN KEY ("workspace_id","stream_id") REFERENCES "public"."streams"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "streams" ADD CONSTRAINT "streams_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_workspace_id_delivery_id_webhook_deliveries_workspace_id_id_fk" FOREIGN KEY ("workspace_id","delivery_id") REFERENCES "public"."webhook_deliveries"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_workspace_id_endpoint_id_webhook_endpoints_workspace_id_id_fk" FOREIGN KEY ("workspace_id","endpoint_id") REFERENCES "public"."webhook_endpoints"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_workspace_id_message_id_webhook_messages_workspace_id_id_fk" FOREIGN KEY ("workspace_id","message_id") REFERENCES "public"."webhook_messages"("workspace_id","id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_accepted_by_users_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "ownership_offers" ADD CONSTRAINT "ownership_offers_from" FOREIGN KEY ("workspace_id","from_user_id") REFERENCES "public"."members"("workspace_id","user_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "ownership_offers" ADD CONSTRAINT "ownership_offers_receiver" FOREIGN KEY ("workspace_id","to_user_id") REFERENCES "public"."members"("workspace_id","user_id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "members" ADD CONSTRAINT "members_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "members" ADD CONSTRAINT "members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "proofs" ADD CONSTRAINT "proofs_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "store_directory" ADD CONSTRAINT "store_directory_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "store_former_slugs" ADD CONSTRAINT "store_former_slugs_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
CREATE INDEX "product_pictures_order" ON "product_pictures" USING btree ("workspace_id","product_id","position");
CREATE INDEX "product_slugs_product" ON "product_slugs" USING btree ("workspace_id","product_id");
CREATE INDEX "product_version_files_file" ON "product_version_files" USING btree ("workspace_id","file_id");
CREATE INDEX "product_words_prefix" ON "product_words" USING btree ("workspace_id","word" text_pattern_ops,"product_id","weight","on_sale");
CREATE INDEX "products_shelf" ON "products" USING btree ("workspace_id","published_at","id") WHERE published_at IS NOT NULL AND archived_at IS NULL;
CREATE INDEX "products_changed" ON "products" USING btree ("workspace_id","updated_at","id");
CREATE INDEX "products_title_ar" ON "products" USING btree ("workspace_id",title_key_ar COLLATE "C","id");
CREATE INDEX "products_title_en" ON "products" USING btree ("workspace_id",title_key_en COLLATE "C","id");
CREATE INDEX "buyer_words_word" ON "buyer_words" USING btree ("workspace_id","word" text_pattern_ops,"email");
CREATE INDEX "order_notes_order" ON "order_notes" USING btree ("workspace_id","order_id","id");
CREATE INDEX "carts_age" ON "carts" USING btree ("workspace_id","updated_at");
CREATE INDEX "order_lines_product" ON "order_lines" USING btree ("workspace_id","product_id","order_id");
CREATE INDEX "orders_buyer" ON "orders" USING btree ("workspace_id","email" text_pattern_ops,"id");
CREATE INDEX "orders_status" ON "orders" USING btree ("workspace_id","status","id");
CREATE INDEX "orders_total" ON "orders" USING btree ("workspace_id","currency","total_minor","id");
CREATE INDEX "orders_pending" ON "orders" USING btree ("workspace_id","expires_at") WHERE status = 'pending';
CREATE INDEX "orders_paid" ON "orders" USING btree ("workspace_id","paid_at","currency","total_minor") WHERE paid_at IS NOT NULL;
CREATE INDEX "payment_events_age" ON "payment_events" USING btree ("workspace_id","received_at");
CREATE INDEX "payments_order" ON "payments" USING btree ("workspace_id","order_id");
CREATE INDEX "payments_due" ON "payments" USING btree ("workspace_id","check_at") WHERE check_at IS NOT NULL;
CREATE INDEX "payments_problem" ON "payments" USING btree ("workspace_id","order_id") WHERE problem IS NOT NULL AND problem_settled_at IS NULL;
CREATE INDEX "refunds_order" ON "refunds" USING btree ("workspace_id","order_id");
CREATE INDEX "refunds_done" ON "refunds" USING btree ("workspace_id","done_at") WHERE done_at IS NOT NULL;
CREATE INDEX "refunds_due" ON "refunds" USING btree ("workspace_id","check_at") WHERE check_at IS NOT NULL;
CREATE INDEX "saved_views_screen" ON "saved_views" USING btree ("workspace_id","screen","id");
CREATE INDEX "buyer_links_email" ON "buyer_links" USING btree ("workspace_id","email","created_at");
CREATE INDEX "buyer_links_age" ON "buyer_links" USING btree ("workspace_id","expires_at");
CREATE INDEX "entitlements_product" ON "entitlements" USING btree ("workspace_id","product_id","id");
CREATE INDEX "ledger_entries_memo" ON "ledger_entries" USING btree ("workspace_id","id") WHERE memo <> '';
CREATE INDEX "ledger_holds_expiry" ON "ledger_holds" USING btree ("workspace_id","expires_at") WHERE "ledger_holds"."resolved_at" is null and "ledger_holds"."expires_at" is not null;
CREATE INDEX "ledger_postings_chapter" ON "ledger_postings" USING btree ("workspace_id","account","chapter");
CREATE INDEX "ledger_relations_target" ON "ledger_relations" USING btree ("workspace_id","target_id");
CREATE UNIQUE INDEX "planner_focuses_one" ON "planner_focuses" USING btree ("workspace_id") WHERE ended_on IS NULL;
CREATE INDEX "planner_milestones_of_focus" ON "planner_milestones" USING btree ("workspace_id","focus_id","due_on");
CREATE INDEX "projections_of_plan" ON "projections" USING btree ("workspace_id","plan_id","id");
CREATE INDEX "privacy_requests_member" ON "privacy_requests" USING btree ("workspace_id","user_id","id");
CREATE INDEX "privacy_requests_expiry" ON "privacy_requests" USING btree ("workspace_id","expires_at");
CREATE INDEX "stream_import_rows_fate" ON "stream_import_rows" USING btree ("workspace_id","import_id","fate","line");
CREATE INDEX "stream_imports_age" ON "stream_imports" USING btree ("workspace_id","created_at");
CREATE INDEX "stream_hours_day" ON "stream_hours" USING btree ("workspace_id","day");
CREATE INDEX "stream_hours_stream" ON "stream_hours" USING btree ("workspace_id","stream_id","id");
CREATE INDEX "stream_parallel_rates_latest" ON "stream_parallel_rates" USING btree ("workspace_id","day","quote","base");
CREATE INDEX "stream_recurring_due" ON "stream_recurring" USING btree ("workspace_id","next_on") WHERE next_on IS NOT NULL;
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("workspace_id","endpoint_id","next_attempt_at") WHERE state = 'waiting';
CREATE INDEX "webhook_deliveries_of_endpoint" ON "webhook_deliveries" USING btree ("workspace_id","endpoint_id","id");
CREATE INDEX "webhook_deliveries_failed" ON "webhook_deliveries" USING btree ("workspace_id","endpoint_id","id") WHERE state = 'failed';
CREATE INDEX "webhook_messages_age" ON "webhook_messages" USING btree ("workspace_id","created_at");
CREATE INDEX "audit_events_subject" ON "audit_events" USING btree ("workspace_id","subject_kind","subject_id","id");
CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("workspace_id","action","id");
CREATE INDEX "audit_events_user" ON "audit_events" USING btree ("workspace_id","user_id","id");
CREATE INDEX "invitations_email" ON "invitations" USING btree ("workspace_id","email","id");
CREATE INDEX "ownership_offers_to" ON "ownership_offers" USING btree ("workspace_id","to_user_id");
CREATE INDEX "accounts_user" ON "accounts" USING btree ("user_id");
CREATE INDEX "api_tokens_user" ON "api_tokens" USING btree ("workspace_id","user_id");
CREATE INDEX "members_user" ON "members" USING btree ("user_id");
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");
CREATE INDEX "proofs_user" ON "proofs" USING btree ("user_id","purpose");
CREATE INDEX "proofs_end" ON "proofs" USING btree ("expires_at");
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");
CREATE INDEX "used_codes_end" ON "used_codes" USING btree ("expires_at");
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");
CREATE INDEX "idempotency_keys_age" ON "idempotency_keys" USING btree ("workspace_id","created_at");
CREATE INDEX "messages_status" ON "messages" USING btree ("workspace_id","status","id");
CREATE INDEX "messages_related" ON "messages" USING btree ("workspace_id","related_kind","related_id");