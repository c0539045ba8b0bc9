import type { AtEndpoint, CallOptions, CommonOptions, InRegion, TokenContext } from './client.js';

/** Identity and Access Management (IAM). */
export interface Iam {
  /**
   * A token for a user's password. Official name: `KeystoneCreateUserTokenByPassword`. Sent without the client's own
   * token, and never made again by itself.
   *
   * @param request who asks, and for which project
   * @throws {TasksError} one of its subclasses, or the signal's reason; none of them holds the password
   * @example
   * const { token, expiresAt } = await cloud.iam.token({ user, password, domain });
   */
  token(request: TokenRequest, options?: CallOptions): Promise<IamToken>;
}

/** Who asks for a token, and for what. */
export interface TokenRequest {
  /** The user's name. */
  user: string;
  /** The user's password. It is in no error and no log. */
  password: string;
  /** The name of the account that the user belongs to. */
  domain: string;
  /** The project's name, such as `cn-north-4`. @defaultValue the client's `projectId` */
  project?: string | undefined;
}

/** A token, valid for 24 hours. */
export interface IamToken {
  /** What to send as `X-Auth-Token`. */
  token: string;
  /** When it ends, in epoch milliseconds. */
  expiresAt: number | null;
  /** When it was given, in epoch milliseconds. */
  issuedAt: number | null;
}

/** The project that a token is for: by its name, or by its id. */
export type ProjectOfToken =
  | {
      /** The project's name, such as `cn-north-4`. */
      project: string;
      /** The project's id; its name goes first. */
      projectId?: string | undefined;
    }
  | {
      project?: undefined;
      /** The project's id. */
      projectId: string;
    };

/** Where `passwordToken` asks, and for whom. */
export type PasswordTokenOptions = Omit<TokenRequest, 'project'> &
  ProjectOfToken &
  Pick<CommonOptions, 'allowInsecure' | 'fetch' | 'timeoutMs'> &
  (InRegion | AtEndpoint);

/**
 * A token function for `createClient` that asks IAM for a token with a user's password, keeps it while it is valid, and
 * asks for another when a service refuses it as expired. Calls that need one at once share one request.
 *
 * @throws {ConfigError} an unknown option, a wrong type or a missing field, named in `field`
 * @example
 * const token = passwordToken({ region, user, password, domain, project: region });
 * const cloud = createClient({ region, projectId, token });
 */
export function passwordToken(options: PasswordTokenOptions): (context?: TokenContext) => Promise<string>;
