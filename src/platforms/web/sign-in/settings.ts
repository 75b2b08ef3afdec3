/** The company's OpenID Connect provider, and what it says about administrators. */
export interface SignInSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  /** The claim that lists somebody's roles or groups, and which of them makes an administrator. */
  roleClaim: string;
  adminRole: string;
  /** The address people open the desk at. */
  publicUrl: string;
}
