/**
 * What makes Kassa's tables, oldest first; never edited once released, only added to. Instances of the version before
 * run on while a new one starts, so each must leave them able to read and write.
 */
export const MIGRATIONS: readonly { readonly version: number; readonly sql: string }[] = [
  {
    version: 1,
    sql: `
      create table kassa.orders (
        key text primary key,
        version bigint not null,
        changed_at bigint not null,
        open_until bigint not null,
        "order" json not null
      );
      create index orders_by_end on kassa.orders (open_until);`,
  },
];

/**
 * Where it is written down which of them ran. `create schema if not exists` would believe what its connection found to be
 * missing before it waited for the lock; a query looks again.
 */
export const PREPARATION = `
  do $$ begin
    if not exists (select from pg_namespace where nspname = 'kassa') then create schema kassa; end if;
  end $$;
  create table if not exists kassa.migrations (
    version integer primary key,
    ran_at timestamptz not null default now()
  );`;
