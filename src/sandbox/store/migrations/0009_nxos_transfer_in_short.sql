CREATE INDEX "nxos_accounts_by_organization" ON "nxos_accounts" USING btree ("organization","sequence");--> statement-breakpoint
-- The money comes last: whoever else moves some of the same account's waits from there to the end of the transaction, and
-- meanwhile nothing is left to do but the end. Who asks is looked at here as well, so that it need not be asked before.
DROP FUNCTION nxos_transfer(jsonb);--> statement-breakpoint
DROP FUNCTION nxos_send(jsonb, bigint);--> statement-breakpoint
-- Where a transfer leads, or why it may not be.
CREATE FUNCTION nxos_payee(t jsonb, OUT refusal text, OUT handle text, OUT account text, OUT organization text)
LANGUAGE plpgsql AS $$
DECLARE
  payee record;
  target record;
  states text[];
BEGIN
  PERFORM 1 FROM nxos_accounts a WHERE a.id = t->>'account' AND a.organization = t->>'organization';
  IF NOT FOUND THEN refusal := 'account_not_found'; RETURN; END IF;

  SELECT b.type, b.status, b.target_handle INTO payee FROM nxos_beneficiaries b
    WHERE b.id = t->>'beneficiary' AND b.account_id = t->>'account';
  IF NOT FOUND THEN refusal := 'beneficiary_not_found'; RETURN; END IF;
  IF payee.type <> 'NXOSNET' THEN refusal := 'beneficiary_type_mismatch'; RETURN; END IF;
  IF payee.status <> 'ACTIVE' THEN refusal := 'beneficiary_not_active'; RETURN; END IF;

  SELECT o.id AS organization, o.enabled, a.id AS account INTO target
    FROM nxos_organizations o JOIN nxos_accounts a ON a.organization = o.id AND a.is_primary
    WHERE o.handle = payee.target_handle;
  IF NOT FOUND THEN refusal := 'handle_not_found'; RETURN; END IF;
  IF NOT target.enabled THEN refusal := 'nxosnet_disabled'; RETURN; END IF;
  IF target.account = t->>'account' THEN refusal := 'leads_back'; RETURN; END IF;
  handle := payee.target_handle;
  account := target.account;
  organization := target.organization;

  -- Held until the end, so that neither is closed meanwhile; in one order for everybody.
  SELECT array_agg(held.status) INTO states FROM (
    SELECT a.status FROM nxos_accounts a WHERE a.id IN (t->>'account', target.account) ORDER BY a.id FOR SHARE
  ) held;
  IF 'CLOSED' = ANY (states) THEN refusal := 'account_closed'; RETURN; END IF;
  IF 'SUSPENDED' = ANY (states) THEN refusal := 'account_suspended'; RETURN; END IF;
END $$;
--> statement-breakpoint
-- Both sides of it, and what their endpoints are told.
CREATE FUNCTION nxos_note(t jsonb, p_at bigint, p_handle text, p_account text, p_organization text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO nxos_transactions
    (id, account_id, type, status, amount, asset, beneficiary_id, description, tags, metadata, details, created_at, updated_at)
    VALUES
    (t->>'sent', t->>'account', t->>'type', t->>'status', (t->>'amount')::bigint, t->>'asset', t->>'beneficiary',
      t->>'note', t->'tags', t->'metadata', jsonb_build_object('direction', 'OUT', 'targetHandle', p_handle), p_at, p_at),
    (t->>'received', p_account, t->>'type', t->>'status', (t->>'amount')::bigint, t->>'asset', NULL,
      t->>'note', '[]', '{}', t->'receivedDetails', p_at, p_at);

  PERFORM 1 FROM nxos_endpoints e WHERE e.organization IN (t->>'organization', p_organization);
  IF NOT FOUND THEN RETURN; END IF;
  PERFORM nxos_tell(t->'tell' || jsonb_build_object('at', p_at, 'sides', jsonb_build_array(
    jsonb_build_object('organization', t->>'organization', 'transaction', t->>'sent',
      'body', replace(t->>'sentBody', '"\u0000handle"', to_json(p_handle)::text)),
    jsonb_build_object('organization', p_organization, 'transaction', t->>'received',
      'body', replace(t->>'receivedBody', '"\u0000account"', to_json(p_account)::text))
  )));
END $$;
--> statement-breakpoint
-- The answer to a key, if there is one.
CREATE FUNCTION nxos_keep(k jsonb, p_at bigint, p_status integer, p_answer text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF k IS NULL THEN RETURN; END IF;
  INSERT INTO idempotency (system, scope, key, method, path, digest, status, answer, created_at)
    VALUES ('nxos', k->>'scope', k->>'key', k->>'method', k->>'path', k->>'digest', p_status, p_answer, p_at)
    -- An older one has had its day.
    ON CONFLICT ON CONSTRAINT idempotency_system_scope_key_method_path_pk
    DO UPDATE SET digest = excluded.digest, status = excluded.status, answer = excluded.answer,
      created_at = excluded.created_at;
END $$;
--> statement-breakpoint
-- Once for a key, as src/sandbox/idempotency has it: the first to take its lock does it, and every answer is kept. The
-- refusals are a JSON text of their own: it takes longer to read than all else, and is read only when one is needed.
CREATE FUNCTION nxos_transfer(p jsonb, p_refusals text, OUT outcome text, OUT http integer, OUT said text)
LANGUAGE plpgsql AS $$
DECLARE
  t jsonb := p->'transfer';
  k jsonb := p->'key';
  at bigint := (p->>'at')::bigint;
  refusal text := p->>'refused';
  kept record;
  payee record;
  broken text;
BEGIN
  PERFORM 1 FROM nxos_organizations o WHERE o.id = p->'caller'->>'id' AND o.key = p->'caller'->>'key';
  IF NOT FOUND THEN outcome := 'unknown-caller'; RETURN; END IF;

  IF k IS NOT NULL THEN
    IF NOT pg_try_advisory_xact_lock(hashtextextended(k->>'name', 0)) THEN outcome := 'in-flight'; RETURN; END IF;
    SELECT i.digest, i.status, i.answer INTO kept FROM idempotency i
      WHERE i.system = 'nxos' AND i.scope = k->>'scope' AND i.key = k->>'key' AND i.method = k->>'method'
        AND i.path = k->>'path' AND i.created_at > (k->>'after')::bigint;
    IF FOUND THEN
      outcome := CASE WHEN kept.digest = k->>'digest' THEN 'replayed' ELSE 'in-use' END;
      http := kept.status;
      said := kept.answer;
      RETURN;
    END IF;
  END IF;

  IF refusal IS NULL THEN
    SELECT * INTO payee FROM nxos_payee(t);
    refusal := payee.refusal;
  END IF;
  IF refusal IS NULL THEN
    outcome := 'done';
    http := 200;
    said := replace(p->>'answer', '"\u0000handle"', to_json(payee.handle)::text);
    BEGIN
      PERFORM nxos_note(t, at, payee.handle, payee.account, payee.organization);
      PERFORM nxos_keep(k, at, http, said);
      PERFORM ledger_post('nxos', t->>'sent', at, jsonb_build_array(
        jsonb_build_object('account', t->>'account', 'asset', t->>'asset', 'amount', -(t->>'amount')::bigint),
        jsonb_build_object('account', payee.account, 'asset', t->>'asset', 'amount', (t->>'amount')::bigint)
      ));
      RETURN;
    EXCEPTION WHEN check_violation OR numeric_value_out_of_range THEN
      -- Then nothing of it was written.
      GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
      IF SQLSTATE = '23514' AND broken <> 'balances_not_negative' THEN RAISE; END IF;
      refusal := 'insufficient_funds';
    END;
  END IF;
  outcome := refusal;
  http := (p_refusals::jsonb->refusal->>'status')::integer;
  said := replace(p_refusals::jsonb->refusal->>'body', '"\u0000request"', to_json(p->>'requestId')::text);
  PERFORM nxos_keep(k, at, http, said);
END $$;
