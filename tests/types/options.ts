// Every way to make a client, and every option.
import {
  type Client,
  type ClientOptions,
  createClient,
  type Credentials,
  type EndpointOptions,
  type PasswordTokenOptions,
  passwordToken,
  type RegionOptions,
  type ServiceName,
  type SignedOptions,
  type Token,
  type TokenContext,
} from 'huaweicloud-tasks';

const endpoints: Partial<Record<ServiceName, string>> = {
  apig: 'https://apig.example',
  roma: 'https://roma.example',
  sfsTurbo: 'https://sfs-turbo.example',
  kps: 'https://kms.example',
  cvr: 'https://cvr.example',
  iam: '/iam',
};

const account = { user: 'u', password: 'p', domain: 'd' };
const inRegion: PasswordTokenOptions = { ...account, region: 'cn-north-4', project: 'cn-north-4', timeoutMs: 5_000 };
const there = { endpoint: 'http://h', allowInsecure: true };
const atEndpoint: PasswordTokenOptions = { ...account, ...there, projectId: 'p', fetch };
const given: Promise<string> = passwordToken(inRegion)();
const renewed: Promise<string> = passwordToken(atEndpoint)({ expired: 'x' });

const renew = ({ expired }: TokenContext): string => (expired === null ? 'first' : 'second');
const tokens: Token[] = ['x', () => 'x', async () => 'x', renew, passwordToken(inRegion)];

const temporary: Credentials = { accessKey: 'a', secretKey: 's', securityToken: 't' };
const region: RegionOptions = { region: 'cn-north-4', projectId: 'p', token: renew, endpoints, maxRetries: 0 };
const proxied: EndpointOptions = { endpoint: '/huawei', projectId: 'p', token: null, allowInsecure: false };
const signed: SignedOptions = { region: 'cn-north-4', projectId: 'p', credentials: temporary, clockSkewMs: -1_000 };
const signedAtEndpoint: ClientOptions = {
  endpoint: 'http://h',
  allowInsecure: true,
  projectId: 'p',
  credentials: { accessKey: 'a', secretKey: 's' },
  fetch,
  timeoutMs: 5_000,
};

export const clients: Client[] = [
  createClient(region),
  createClient(proxied),
  createClient(signed),
  createClient(signedAtEndpoint),
  ...tokens.map((token) => createClient({ region: 'cn-north-4', projectId: 'p', token })),
];
export const promised = [given, renewed];
