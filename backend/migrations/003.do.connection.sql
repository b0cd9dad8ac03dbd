-- The accounts that an org has connected: its own Salesforce, and platforms.

CREATE TABLE connection (
  tenant_id uuid NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  platform text NOT NULL CHECK (platform IN ('salesforce', 'activecampaign', 'klaviyo', 'hubspot')),
  state text NOT NULL CHECK (state IN ('connected', 'error', 'disconnected')),
  -- A code of the error catalogue while the state is error.
  state_code text,
  state_since timestamptz NOT NULL DEFAULT now(),
  -- Which account it is at the platform: the org id, or the account's host.
  account text NOT NULL,
  account_name text,
  user_name text,
  -- Where its API answers, without a slash at the end.
  base_url text NOT NULL,
  auth_method text NOT NULL CHECK (auth_method IN ('web_server', 'jwt', 'client_credentials', 'password', 'api_key')),
  -- What renewing needs beside the secrets: {loginUrl, consumerKey, username}.
  auth_facts jsonb NOT NULL DEFAULT '{}',
  -- The last four characters of the key, to tell keys apart.
  key_hint text,
  -- Of Salesforce: the package's namespace prefix in this org, and the share of the org's daily API calls that sync may use.
  package_namespace text,
  daily_api_share double precision CHECK (daily_api_share BETWEEN 0 AND 0.8),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id)
);
-- Connecting the same account again finds its row, and with it everything that was synced.
CREATE UNIQUE INDEX connection_account ON connection (tenant_id, platform, account);
-- One live account for each platform.
CREATE UNIQUE INDEX connection_live ON connection (tenant_id, platform) WHERE state <> 'disconnected';

-- Secrets, sealed under the tenant's data key for this very place: see lib/vault.ts.
CREATE TABLE secret (
  tenant_id uuid NOT NULL DEFAULT current_tenant(),
  connection_id uuid NOT NULL,
  name text NOT NULL CHECK (name IN ('api_key', 'access_token', 'refresh_token', 'private_key', 'consumer_secret', 'password', 'webhook_secret')),
  sealed bytea NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, connection_id, name),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES connection ON DELETE CASCADE
);

SELECT guard_tenant_table('connection');
SELECT guard_tenant_table('secret');
