import type { AnyBody } from './body.js';
import type { CallOptions } from './client.js';
import type { Failure, UnknownWord } from './words.js';

/** ROMA Connect. */
export interface Roma {
  /**
   * How far the creation of an instance is. Official name: `GetCreateInstanceProcessV2`.
   *
   * A creation that failed is an answer with `state: 'failed'`, not a thrown error.
   *
   * @param instanceId the instance's id; sent as one path segment whatever it holds
   * @throws {TasksError} one of its subclasses, or the signal's reason
   * @example
   * const progress = await cloud.roma.instanceProgress(instanceId);
   * for (const item of progress.items) console.log(item.name, item.state, item.percent);
   */
  instanceProgress(instanceId: string, options?: CallOptions): Promise<RomaInstanceProgress>;
}

interface RomaInstanceView {
  /** How far the creation is, in percent. */
  percent: number | null;
  /** When the creation started, in epoch milliseconds. */
  startedAt: number | null;
  /** From the start to the end, or to `currentTime` before the end, in milliseconds. */
  elapsedMs: number | null;
  /** The service's clock, in epoch milliseconds. */
  currentTime: number | null;
  /** `taken_time` as it came. Its unit is unknown: the documents' example has 1 after 30 seconds. Use `elapsedMs`. */
  takenTime: number | null;
  /** The instance's id. */
  instanceId: string | null;
  /** The instance's name. */
  name: string | null;
  /** The parts of the instance, each created by itself. */
  items: RomaItem[];
  /** The instance itself. It names users and tenants: do not log it. */
  instance: RomaInstance;
  /** The body as it came, as text. It names users and tenants: do not log it. */
  raw: string;
}

/** The instance is being created. */
export interface RomaInstanceCreating extends RomaInstanceView {
  state: 'creating';
  /** Always `null`: before the end, `instance.errorCode` holds the id of a job. */
  error: null;
  endedAt: null;
}

/** The instance is there: the service says `success` or `RUNNING`. */
export interface RomaInstanceCreated extends RomaInstanceView {
  state: 'success';
  error: null;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The instance could not be created: the service says `failed` or `CREATE_FAILED`. `error` says why. */
export interface RomaInstanceFailed extends RomaInstanceView {
  state: 'failed';
  /** Why; its code and message are `null` when the service gave none. */
  error: Failure;
  /** When the creation ended, in epoch milliseconds. */
  endedAt: number | null;
}

/** The service used a word for the state that this version does not know. It is neither a success nor a failure. */
export interface RomaInstanceInUnknownState extends RomaInstanceView {
  /** The word as it came. */
  state: UnknownWord;
  error: null;
  endedAt: null;
}

/** The answer of `roma.instanceProgress`. Narrow it by `state`. */
export type RomaInstanceProgress =
  | RomaInstanceCreating
  | RomaInstanceCreated
  | RomaInstanceFailed
  | RomaInstanceInUnknownState;

/** How far the creation of a part of an instance is. */
export interface RomaItem {
  /** The part's name, such as `mqs`. */
  name: string | null;
  state: 'creating' | 'success' | 'failed' | UnknownWord;
  /** In percent. */
  percent: number | null;
  /** In epoch milliseconds. */
  startedAt: number | null;
  /** In epoch milliseconds, once the state is final. */
  endedAt: number | null;
  /** `taken_time` as it came, its unit unknown. */
  takenTime: number | null;
  /** What went wrong, if the service says so. */
  error: Failure | null;
}

/** A ROMA Connect instance, under the service's own names. `#` stands for a value that the service masks. */
export interface RomaInstance {
  /** The instance's id. */
  instanceId: string | null;
  /** Its name. */
  name: string | null;
  /** `CREATING`, `RUNNING` or `CREATE_FAILED`, as it came; `state` of the progress is the same, normalised. */
  status: string | null;
  /** The address to connect to. */
  connectAddress: string | null;
  /** The address that keeps the source address (next-generation APIC only). */
  connectAddressWithPP: string | null;
  /** Where the management plane reaches the data plane (next generation). */
  mgmtConnectAddress: string | null;
  /** Where the management plane reaches the data plane (next-generation FDI). */
  mgmtExtraConnectAddress: string | null;
  /**
   * The port.
   * @deprecated by the service
   */
  port: string | null;
  /** The number of connections, as text (connection-pool mode only). */
  conAmount: string | null;
  /** The type of instance. */
  type: string | null;
  /**
   * The location.
   * @deprecated by the service
   */
  location: string | null;
  /** The product's id. */
  productId: string | null;
  /**
   * The engine.
   * @deprecated by the service
   */
  engine: string | null;
  /**
   * The engine's version.
   * @deprecated by the service
   */
  engineVersion: string | null;
  /** How it is paid for. */
  chargingMode: number | null;
  /** The description. */
  description: string | null;
  /** Why it failed; the id of a job while it is being created. */
  errorCode: string | null;
  /** The same in words. */
  errorMessage: string | null;
  /** The project of the tenant that holds the resources. */
  resTenantId: string | null;
  /** The domain of the tenant that holds the resources. */
  resDomainId: string | null;
  /** The VPC of the tenant that holds the resources. */
  resVpcId: string | null;
  /** The subnet of the tenant that holds the resources. */
  resSubnetId: string | null;
  /** The security group of the tenant that holds the resources. */
  resSecurityGroupId: string | null;
  /** The tenant's project. */
  tenantId: string | null;
  /** The tenant's VPC. */
  tenantVpcId: string | null;
  /** The tenant's subnet. */
  tenantSubnetId: string | null;
  /** The tenant's security group. */
  tenantSecurityGroupId: string | null;
  /** The user's id. */
  userId: string | null;
  /** The user's name. */
  userName: string | null;
  /** The domain's id. */
  domainId: string | null;
  /** The virtual router's id. */
  virtualRouterId: string | null;
  /** The order's id. */
  orderId: string | null;
  /** When it was created, in epoch milliseconds. */
  createdAt: number | null;
  /** When it was last changed, in epoch milliseconds. */
  updatedAt: number | null;
  /** When it was deleted, as text. */
  deletedAt: string | null;
  /** The availability zones; empty when they cannot be read. */
  availableZones: string[];
  /** When the maintenance window begins, as HH:MM:SS. */
  maintainBegin: string | null;
  /** When the maintenance window ends, as HH:MM:SS. */
  maintainEnd: string | null;
  /** The state of a task. */
  taskStatus: string | null;
  /** Whether it lets in without a password. */
  noPasswordAccess: boolean | null;
  /** The user who is let in. */
  accessUser: string | null;
  /** The id of the public address. */
  publicipId: string | null;
  /** The public address. */
  publicipAddr: string | null;
  /** Whether a public address is bound. */
  publicipBounded: boolean | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  outZones: string | null;
  /** The list of resources. */
  resourceList: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  nameLike: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  instanceIdLike: string | null;
  /** The code of the specification. */
  specCode: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  statusIncluded: string | null;
  /** The enterprise project's id. */
  epId: string | null;
  /** Whether resources were left behind. */
  resLeakStatus: string | null;
  /** The tags. */
  tagEntries: string | null;
  /** The system tags. */
  epIds: string | null;
  /**
   * Without meaning.
   * @deprecated ignored by the service
   */
  typeExcluded: string | null;
  /** Whether IPv6 is on. */
  ipv6Enable: boolean | null;
  /** The IPv6 address to connect to. */
  ipv6ConnectAddress: string | null;
  /** The bandwidth. */
  bandwidths: number | null;
  /** The ingress bandwidth (next generation). */
  ingressBandwidthSize: string | null;
  /** The id of the cluster the instance is in. */
  resInstanceClusterId: string | null;
  /** The kind of region: center or edge. */
  scope: string | null;
  /** The processor's architecture; Arm or x86. */
  cpuArch: string | null;
  /** The kind of encryption. */
  cryptoType: string | null;
  /** Whether RocketMQ is on. */
  rocketmqEnable: boolean | null;
  /** Whether an external load balancer is on. */
  externalElbEnable: boolean | null;
  /** The id of the log group in Log Tank Service. */
  ltsLogGroupId: string | null;
  /** Whether it is paid for on demand (the service's own spelling). */
  demondPay: boolean | null;
  /** Whether it is paid for in advance. */
  prePay: boolean | null;
  /** The enterprise project's id. */
  epIdOrDefault: string | null;
}

/**
 * Decodes the progress of a ROMA Connect instance's creation that you already have, without network. Official name:
 * `GetCreateInstanceProcessV2`.
 *
 * Synchronous, and ready when `decodeAsyncTask` is.
 *
 * @param body the body as bytes or text, of 256 MiB at most, or the object it was parsed into
 * @throws {DecodeError} when it is another body; `path` says where, `expected` says what
 * @throws {ConfigError} when it is no body at all, or the module is not ready yet
 * @example
 * for (const { name, state } of decodeRomaInstanceProgress(text).items) console.log(name, state);
 */
export function decodeRomaInstanceProgress(body: AnyBody): RomaInstanceProgress;
