"""Keys of identity providers and password stores, and hashes of passwords."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
onepassword_account | 1Password secret key | \
    A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}
onepassword_service | 1Password service account token | ops_eyJ[A-Za-z0-9+/_-]{120,1000}={0,3}
dashlane | Dashlane service token | dls_[A-Z0-9]{16}_[A-Za-z0-9]{40,80} | dls_
~clerk_publishable | Clerk publishable key | pk_(?:test|live)_[A-Za-z0-9]{20,80}\$ | pk_test_,pk_live_
workos | WorkOS key | sk_(?:test_|live_)?a2V5[A-Za-z0-9+/=]{40,120} | a2v5
stytch | Stytch secret | secret-(?:test|live)-[A-Za-z0-9_=-]{36,60} | secret-test-,secret-live-
ory | Ory token | ory_(?:pat|at|rt|ac|st)_[A-Za-z0-9_-]{32,100} | ory_pat_,ory_at_,ory_rt_,ory_ac_,ory_st_
json_web_key | Private part of a JSON web key | "(?:d|k)"[ ]{0,4}:[ ]{0,4}"([A-Za-z0-9_-]{40,700})" | \
    /"[dk]" *: *"[a-z0-9_-]{12}/
paseto | PASETO token | v[1-4]\.(?:local|public)\.[A-Za-z0-9_-]{60,900} | .local.,.public. | any
django | Django secret key | django-insecure-[A-Za-z0-9!@#$%^&*()_+=~-]{40,60}
rails_master | Rails master key | RAILS_MASTER_KEY["']?[ ]?[:=][ ]?["']?([0-9a-f]{32}) | rails_master_key
laravel_app | Laravel application key | APP_KEY["']?[ ]?[:=][ ]?["']?(base64:[A-Za-z0-9+/]{43}=) | app_key
netrc | Login line of a netrc file | \
    machine[ ][A-Za-z0-9._-]{3,60}[ ]login[ ][A-Za-z0-9._@+^-]{1,60}[ ]password[ ]([!-~]{4,80}) | \
    /machine [a-z0-9._-]+ login/ | any
crypt_hash | Hash of a password (crypt) | \
    \$(?:1|5|6)\$(?:rounds=\d{1,9}\$)?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{22,86} | $1$,$5$,$6$ | any
bcrypt_hash | Hash of a password (bcrypt) | \$2[abxy]\$\d\d\$[A-Za-z0-9./]{53} | $2a$,$2b$,$2x$,$2y$
yescrypt_hash | Hash of a password (yescrypt) | \
    \$y\$[A-Za-z0-9./]{1,20}\$[A-Za-z0-9./]{1,40}\$[A-Za-z0-9./]{40,50} | $y$
cisco_hash | Hash of a password (Cisco) | \$[89]\$[A-Za-z0-9./]{14}\$[A-Za-z0-9./]{43} | $8$,$9$
argon_hash | Hash of a password (Argon2) | \
    \$argon2i?d?\$v=\d{1,3}\$[a-z0-9,=]{5,40}\$[A-Za-z0-9+/]{8,64}\$[A-Za-z0-9+/]{16,100} | $argon2
kerberos_hash | Kerberos ticket hash | \$krb5(?:asrep|tgs)\$(?:17|18|23)\$[A-Za-z0-9@.$:*_-]{30,900} | $krb5
windows_hash | Windows password hash | :\d{3,6}:[0-9a-fA-F]{32}:[0-9a-fA-F]{32}::: | /[0-9a-f]{8}:::/
otpauth | One-time password seed | otpauth://[a-z]{4}/[!-~]{1,200}secret=([A-Z2-7]{16,64}) | \
    otpauth:// | any
"""

_NEAR = r"""
bitwarden | Bitwarden client secret | [A-Za-z0-9]{30} | bw_clientsecret, bitwarden
totp_seed | Seed of one-time passwords | [A-Z2-7]{32}|[A-Z2-7]{16} | \
    totp, otp_secret, otp-secret, 2fa_secret, 2fa secret, mfa_secret, authenticator
"""

_ASSIGNED = r"""
okta | Okta token | okta | 00[A-Za-z0-9=_-]{40}
auth0_secret | Auth0 client secret | auth0 | [A-Za-z0-9_-]{64}
onelogin | OneLogin secret | onelogin | [0-9a-f]{64}
jumpcloud | JumpCloud key | jumpcloud | [0-9a-f]{40}
duo | Duo secret | duo_skey, duo_secret, duo | [A-Za-z0-9]{40}
pingidentity | Ping Identity secret | pingidentity, pingone | [A-Za-z0-9_.~-]{64}
keycloak | Keycloak client secret | keycloak | [A-Za-z0-9]{32}|<uuid>
cognito | Cognito client secret | cognito | [a-z0-9]{51,52}
lastpass | LastPass provisioning hash | lastpass | [0-9a-f]{64}
firebase_auth | Firebase database secret | firebase_secret, firebase | [A-Za-z0-9]{40}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
