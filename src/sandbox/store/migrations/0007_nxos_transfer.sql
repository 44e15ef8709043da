-- What a posting costs must not grow with the books: each balance is found by its key, where the first version of this
-- function read all that a system keeps. Everybody takes them in one order, new ones too, so nobody waits in a circle.
CREATE OR REPLACE FUNCTION ledger_post(p_system text, p_transaction text, p_at bigint, p_moves jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  change record;
BEGIN
  IF EXISTS (
    SELECT 1 FROM jsonb_to_recordset(p_moves) AS m(account text, asset text, amount bigint)
    GROUP BY m.asset HAVING sum(m.amount) <> 0
  ) THEN
    RAISE EXCEPTION 'the moves of % do not add up to zero', p_transaction;
  END IF;

  FOR change IN
    SELECT r.account, r.asset, sum(r.amount)::bigint AS amount
    FROM jsonb_to_recordset(p_moves) AS r(account text, asset text, amount bigint)
    GROUP BY r.account, r.asset ORDER BY r.account, r.asset
  LOOP
    UPDATE balances b SET amount = b.amount + change.amount
      WHERE b.system = p_system AND b.account = change.account AND b.asset = change.asset;
    CONTINUE WHEN FOUND;
    INSERT INTO balances AS b (system, account, asset, amount) VALUES (p_system, change.account, change.asset, change.amount)
      ON CONFLICT (system, account, asset) DO UPDATE SET amount = b.amount + excluded.amount;
  END LOOP;

  INSERT INTO entries (system, transaction, account, asset, amount, created_at)
    SELECT p_system, p_transaction, m.account, m.asset, m.amount, p_at
    FROM jsonb_to_recordset(p_moves) AS m(account text, asset text, amount bigint);
END $$;
--> statement-breakpoint
-- A transfer in one statement: whether its key was used, whether it may be, the money, both sides of it, what their
-- endpoints are told, and the answer that is kept. Texts come ready made; what is put in here stands in them as
-- "\u0000handle", "\u0000account" and "\u0000request", which no text of a caller's can hold.

-- In the outbox for each endpoint that wants to hear of it, in their order.
CREATE FUNCTION nxos_tell(p jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO deliveries (id, system, subject, endpoint, url, body, headers, state, attempts, history, due_at, created_at)
    SELECT 'whk_' || md5(chance), 'nxos', e.id || ':' || (side->>'transaction'), e.id, e.url, side->>'body',
      jsonb_build_object(p->>'idHeader', 'msg_' || md5(chance || 'm')), 'queued', 0, '[]', (p->>'at')::bigint, (p->>'at')::bigint
    FROM jsonb_array_elements(p->'sides') WITH ORDINALITY AS s(side, place)
    JOIN nxos_endpoints e ON e.organization = side->>'organization' AND NOT e.disabled
      AND (e.event_types = '[]' OR e.event_types @> jsonb_build_array(p->>'event'))
    CROSS JOIN LATERAL (SELECT concat_ws(' ', p->>'chance', place, e.id) AS chance) c
    ORDER BY place, e.sequence;
END $$;
--> statement-breakpoint
-- Moves the money, or says why not: then nothing was written.
CREATE FUNCTION nxos_send(t jsonb, p_at bigint, OUT refusal text, OUT to_handle text, OUT to_account text)
LANGUAGE plpgsql AS $$
DECLARE
  payee record;
  target record;
  states text[];
  broken text;
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
  to_handle := payee.target_handle;
  to_account := target.account;

  -- Held until the end, so that neither is closed meanwhile; in one order for everybody.
  SELECT array_agg(held.status) INTO states FROM (
    SELECT a.status FROM nxos_accounts a WHERE a.id IN (t->>'account', to_account) ORDER BY a.id FOR SHARE
  ) held;
  IF 'CLOSED' = ANY (states) THEN refusal := 'account_closed'; RETURN; END IF;
  IF 'SUSPENDED' = ANY (states) THEN refusal := 'account_suspended'; RETURN; END IF;

  BEGIN
    PERFORM ledger_post('nxos', t->>'sent', p_at, jsonb_build_array(
      jsonb_build_object('account', t->>'account', 'asset', t->>'asset', 'amount', -(t->>'amount')::bigint),
      jsonb_build_object('account', to_account, 'asset', t->>'asset', 'amount', (t->>'amount')::bigint)
    ));
  EXCEPTION WHEN check_violation OR numeric_value_out_of_range THEN
    GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
    IF SQLSTATE = '23514' AND broken <> 'balances_not_negative' THEN RAISE; END IF;
    refusal := 'insufficient_funds';
    RETURN;
  END;

  INSERT INTO nxos_transactions
    (id, account_id, type, status, amount, asset, beneficiary_id, description, tags, metadata, details, created_at, updated_at)
    VALUES
    (t->>'sent', t->>'account', t->>'type', t->>'status', (t->>'amount')::bigint, t->>'asset', t->>'beneficiary',
      t->>'note', t->'tags', t->'metadata', jsonb_build_object('direction', 'OUT', 'targetHandle', to_handle), p_at, p_at),
    (t->>'received', to_account, t->>'type', t->>'status', (t->>'amount')::bigint, t->>'asset', NULL,
      t->>'note', '[]', '{}', t->'receivedDetails', p_at, p_at);

  PERFORM nxos_tell(t->'tell' || jsonb_build_object('at', p_at, 'sides', jsonb_build_array(
    jsonb_build_object('organization', t->>'organization', 'transaction', t->>'sent',
      'body', replace(t->>'sentBody', '"\u0000handle"', to_json(to_handle)::text)),
    jsonb_build_object('organization', target.organization, 'transaction', t->>'received',
      'body', replace(t->>'receivedBody', '"\u0000account"', to_json(to_account)::text))
  )));
END $$;
--> statement-breakpoint
-- Once for a key, as src/sandbox/idempotency has it: the first to take its lock does it, and every answer is kept.
CREATE FUNCTION nxos_transfer(p jsonb, OUT outcome text, OUT http integer, OUT said text)
LANGUAGE plpgsql AS $$
DECLARE
  k jsonb := p->'key';
  kept record;
  made record;
  refusal text := p->>'refused';
BEGIN
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
    SELECT * INTO made FROM nxos_send(p->'transfer', (p->>'at')::bigint);
    refusal := made.refusal;
  END IF;
  IF refusal IS NULL THEN
    outcome := 'done';
    http := 200;
    said := replace(p->>'answer', '"\u0000handle"', to_json(made.to_handle)::text);
  ELSE
    outcome := refusal;
    http := (p->'refusals'->refusal->>'status')::integer;
    said := replace(p->'refusals'->refusal->>'body', '"\u0000request"', to_json(p->>'requestId')::text);
  END IF;

  IF k IS NOT NULL THEN
    INSERT INTO idempotency (system, scope, key, method, path, digest, status, answer, created_at)
      VALUES ('nxos', k->>'scope', k->>'key', k->>'method', k->>'path', k->>'digest', http, said, (p->>'at')::bigint)
      -- An older one has had its day.
      ON CONFLICT ON CONSTRAINT idempotency_system_scope_key_method_path_pk
      DO UPDATE SET digest = excluded.digest, status = excluded.status, answer = excluded.answer,
        created_at = excluded.created_at;
  END IF;
END $$;
