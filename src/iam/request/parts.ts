/** The value of a context key: a list for a key with several values. */
export type ContextValue = string | readonly string[];

/** Who makes a request, by the names that AWS gives the principal. */
export interface PrincipalName {
  /** Assumed-role session ARN, user ARN, root ARN, host name of a service principal, or `anonymous`. */
  readonly name: string;
  /** The ARN of the role behind a session, of a user or of a root user; services and anonymous callers have none. */
  readonly arn?: string;
  /** Whether the name is that of an identity provider, which signs in whoever makes the request. */
  readonly federated?: boolean;
  /** The unique id of a role or user, that of a role with the name of the session after a colon. */
  readonly userId?: string;
  /** What a service principal says about itself beside its name. */
  readonly service?: { readonly account?: string; readonly type?: string; readonly otherNames?: readonly string[] };
}

/** The principal of a request, and what AWS knows about it. */
export interface PrincipalPart {
  readonly identity?: PrincipalName;
  /** The organization of its account. */
  readonly organizationId?: string;
  readonly organizationPaths?: readonly string[];
  /** A tag without a value is one that the principal does not have, whatever an earlier part said. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

/** The EC2 instance that the metadata service issued credentials to. */
export interface IssuedTo {
  readonly vpcId?: string;
  readonly address?: string;
  readonly instanceArn?: string;
}

/** The credentials that a request is signed with. */
export interface CredentialsPart {
  readonly instance?: IssuedTo;
  /** The version of the metadata service that delivered them: `1.0` or `2.0`. */
  readonly roleDelivery?: string;
  /** When temporary credentials were issued. */
  readonly issuedAt?: string;
}

/** A VPC endpoint that a request passes; what of it is not known stays away. */
export interface EndpointSource {
  readonly id?: string;
  readonly vpcId?: string;
  readonly vpcArn?: string;
  /** The account that owns the endpoint. */
  readonly account?: string;
  /** The private address that the request comes from. */
  readonly address?: string;
}

/** Where a request comes from: a public address, a VPC endpoint, or, without either, from inside AWS. */
export interface RequestSource {
  readonly publicAddress?: string;
  readonly endpoint?: EndpointSource;
}

/** The network that a request comes from. */
export interface NetworkPart {
  readonly source?: RequestSource;
  /** The organization of the account that owns the endpoint. */
  readonly organizationId?: string;
  readonly organizationPaths?: readonly string[];
}

/** A forward access session: a service makes the request with the caller's credentials. */
export interface Forwarding {
  /** Host names of the services that made requests for the caller, in their order, as far as AWS lists them. */
  readonly calledVia?: readonly string[];
  /** The host name of the service that uses a key, with the Region. */
  readonly viaService?: string;
}

/** On whose behalf a request is made. */
export interface CallerChainPart {
  readonly forwarding?: Forwarding;
  /** The account, organization and resource that a service principal acts for. */
  readonly sourceAccount?: string;
  readonly sourceArn?: string;
  readonly sourceOrganizationId?: string;
  readonly sourceOrganizationPaths?: readonly string[];
}

/** An access point that a request comes through. */
export interface AccessPointSource {
  readonly arn: string;
  readonly networkOrigin?: string;
}

/** The resource that a request is made on. */
export interface TargetPart {
  readonly arn?: string;
  /** The account that owns the resource, and its organization. */
  readonly account?: string;
  readonly organizationId?: string;
  readonly organizationPaths?: readonly string[];
  readonly accessPoint?: AccessPointSource;
  /** A tag without a value is one that the resource does not have, whatever another part says. */
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

/** How a request is sent. */
export interface ChannelPart {
  /** The version of TLS, or `none` for plain HTTP. */
  readonly tls?: string;
  readonly region?: string;
  readonly authType?: string;
  readonly signatureVersion?: string;
  /** When the request is made, as ISO 8601. */
  readonly time?: string;
}

/**
 * A request as a value: everything that decides what policies see of it. Context keys are derived from it by the laws,
 * and nowhere else.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
 */
export interface RequestParts {
  readonly principal?: PrincipalPart;
  readonly credentials?: CredentialsPart;
  readonly network?: NetworkPart;
  readonly callerChain?: CallerChainPart;
  readonly target?: TargetPart;
  readonly channel?: ChannelPart;
  /** What else the sender says, by the name of its context key; no key that a law derives. */
  readonly parameters?: Readonly<Record<string, ContextValue | undefined>>;
}

/** The parts whose attributes have names of their own. */
export type NamedParts = Required<Omit<RequestParts, 'parameters'>>;

/** An attribute of a part, such as `network.source`. */
export type Attribute = {
  [P in keyof NamedParts]: `${P}.${keyof NamedParts[P] & string}`;
}[keyof NamedParts];

/** What an attribute is. */
export type AttributeValue<A extends Attribute> = A extends `${infer P extends keyof NamedParts}.${infer N}`
  ? N extends keyof NamedParts[P]
    ? NonNullable<NamedParts[P][N]>
    : never
  : never;
