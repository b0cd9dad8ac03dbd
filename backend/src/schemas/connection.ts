import { z } from 'zod';
import { explainedSchema } from './error.ts';

export const connectionSchema = z
  .object({
    id: z.uuid(),
    platform: z.enum(['salesforce', 'activecampaign', 'klaviyo', 'hubspot']),
    state: z.enum(['connected', 'error', 'disconnected']),
    since: z.iso.datetime().describe('When it came into this state.'),
    problem: explainedSchema.nullable().describe('Why the state is error.'),
    account: z.string().describe('The org id, or the account’s host.'),
    accountName: z.string().nullable(),
    userName: z.string().nullable(),
    baseUrl: z.string(),
    authMethod: z.enum(['web_server', 'jwt', 'client_credentials', 'password', 'api_key']),
    keyHint: z.string().nullable().describe('The key’s last four characters.'),
    packageNamespace: z
      .string()
      .nullable()
      .describe('Salesforce only: the package’s namespace prefix, null where it has none.'),
    dailyApiShare: z
      .number()
      .nullable()
      .describe('Salesforce only: the share of the org’s daily API calls that sync may use.'),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Connection' });

export type ConnectionBody = z.infer<typeof connectionSchema>;

export const connectionListSchema = z.object({ connections: z.array(connectionSchema) });

const secretText = z.string().trim().min(1).max(10_000);

export const connectActiveCampaignSchema = z
  .strictObject({
    account: z
      .string()
      .trim()
      .min(1)
      .max(300)
      .describe('The account’s URL or name, as the platform’s developer settings show it.'),
    apiKey: secretText.max(300),
  })
  .meta({ id: 'ConnectActiveCampaign' });

const address = z.string().trim().min(1).max(300);

export const authorizeSalesforceSchema = z
  .strictObject({
    loginUrl: address
      .optional()
      .describe('https://login.salesforce.com, https://test.salesforce.com or a My Domain.'),
    myDomain: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*(--[a-z0-9-]+\.sandbox)?$/i)
      .optional()
      .describe('The My Domain’s name alone, in place of loginUrl.'),
    returnUrl: address
      .optional()
      .describe('The page that opens the window: it is told when the window is done.'),
  })
  .refine(({ loginUrl, myDomain }) => loginUrl === undefined || myDomain === undefined, {
    path: ['myDomain'],
    message: 'is given beside loginUrl',
  })
  .meta({ id: 'AuthorizeSalesforce' });

export const authorizationStartedSchema = z
  .object({
    authorizationId: z.uuid(),
    authorizeUrl: z.url().describe('To be opened in a browser window.'),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'AuthorizationStarted' });

export const authorizationSchema = z
  .object({
    authorizationId: z.uuid(),
    state: z.enum(['pending', 'connected', 'failed', 'expired']),
    problem: explainedSchema.nullable(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Authorization' });

export const connectByJwtSchema = z
  .strictObject({
    username: z.string().trim().min(1).max(200),
    consumerKey: secretText.max(500),
    privateKey: secretText.describe('An RSA private key in PEM form.'),
    loginUrl: address.optional(),
  })
  .meta({ id: 'ConnectByJwt' });

export const connectByClientCredentialsSchema = z
  .strictObject({
    instanceUrl: address.describe('The org’s My Domain URL.'),
    consumerKey: secretText.max(500),
    consumerSecret: secretText.max(500),
  })
  .meta({ id: 'ConnectByClientCredentials' });

export const connectByPasswordSchema = z
  .strictObject({
    username: z.string().trim().min(1).max(200),
    password: secretText.max(500),
    securityToken: z.string().trim().max(100).default(''),
    loginUrl: address.optional(),
  })
  .meta({ id: 'ConnectByPassword' });

export const connectionSettingsSchema = z
  .strictObject({
    packageNamespace: z
      .string()
      .regex(/^[a-z](?:[a-z0-9]|_(?!_)){0,13}[a-z0-9]$/i, 'is no namespace prefix')
      .nullable()
      .optional(),
    dailyApiShare: z.number().min(0).max(0.8).optional(),
  })
  .meta({ id: 'ConnectionSettings' });

export const idParamsSchema = z.object({ id: z.uuid() });
