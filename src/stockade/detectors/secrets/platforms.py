"""Keys of what software runs on: hosting, containers, secret stores, infrastructure as code, networks."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
flyio | Fly.io token | (?:fo1_[A-Za-z0-9_-]{43}|fm1[ar]_[A-Za-z0-9+/]{100,900}={0,3}|fm2_[A-Za-z0-9+/]\
    {100,900}={0,3}) | fo1_,fm1a_,fm1r_,fm2_
heroku_prefixed | Heroku key with prefix | HRKU-[A-Za-z0-9_-]{36,64}
vercel | Vercel token | vc[piark]_[A-Za-z0-9]{40,60} | vcp_,vci_,vca_,vcr_,vck_
vercel_blob | Vercel blob token | vercel_blob_rw_[A-Za-z0-9]{16}_[A-Za-z0-9]{30}
netlify_prefixed | Netlify token | nf[pcoub]_[A-Za-z0-9_]{36,40} | /nf[pcoub]_[a-z0-9_]{12}/
render | Render key | rnd_[A-Za-z0-9]{28,40}
scalingo | Scalingo token | tk-us-[A-Za-z0-9_-]{48}
tailscale | Tailscale key | tskey-[a-z]{2,12}-[A-Za-z0-9]{8,32}(?:-[A-Za-z0-9]{16,40})? | tskey- | any
doppler | Doppler token | dp\.(?:pt|ct|st|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44} | dp.
infisical | Infisical service token | st\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32} | /st\.[0-9a-f]{8}/
pulumi | Pulumi token | pul-[0-9a-f]{40}
terraform_cloud | Terraform Cloud token | [A-Za-z0-9]{14}\.(?:atlasv1|ATLASV1)\.[A-Za-z0-9_=-]{60,70} | \
    atlasv1
infracost | Infracost key | ico-[A-Za-z0-9]{32}
vault_service | Vault service token | hvs\.[A-Za-z0-9_-]{24,220}
vault_batch | Vault batch token | hvb\.[A-Za-z0-9_-]{100,300}
vault_recovery | Vault recovery token | hvr\.[A-Za-z0-9_-]{24,220}
vault_legacy_batch | Vault batch or recovery token, first form | [br]\.AAAAA[A-Za-z0-9_-]{100,300} | \
    b.aaaaa,r.aaaaa
vault_legacy_long | Vault service token of an enterprise | s\.CAES[A-Za-z0-9_-]{90,120} | s.caes
openshift | OpenShift user token | sha256~[A-Za-z0-9_-]{43}
docker_pat | Docker access token | dckr_pat_[A-Za-z0-9_-]{22,36}
docker_oat | Docker organization token | dckr_oat_[A-Za-z0-9_-]{32}
docker_swarm | Docker swarm join token | SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}
docker_swarm_key | Docker swarm unlock key | SWMKEY-1-[A-Za-z0-9+/]{43}
docker_auth | Docker registry credential | "auth"[ ]{0,4}:[ ]{0,4}"([A-Za-z0-9+/]{12,200}={0,2})" | "auth"
defined_networking | Defined Networking key | dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}
netbird | NetBird token | nbp_[A-Za-z0-9]{36}
authress | Authress client key | \
    (?:sc|ext|scauth|authress)_[a-zA-Z0-9]{5,30}\.[a-zA-Z0-9]{4,6}\.acc[_-][a-zA-Z0-9-]\
    {10,32}\.[A-Za-z0-9+/_=-]{30,120} | /\.acc[_-][a-z0-9-]{8}/
prefect | Prefect key | pn[ub]_[A-Za-z0-9]{36} | pnu_,pnb_
octopus | Octopus Deploy key | API-[A-Z0-9]{25,32}
akamai | Akamai access or client token | akab-[a-z0-9]{16}-[a-z0-9]{16} | akab-
wireguard | WireGuard private or preshared key | \
    (?:PrivateKey|PresharedKey)[ ]?=[ ]?([A-Za-z0-9+/]{43}=) | \
    /privatekey ?= ?[a-z0-9+/]{8}/, /presharedkey ?= ?[a-z0-9+/]{8}/
putty_key | PuTTY private key file | PuTTY-User-Key-File-[23] | putty-user-key-file | any
age_secret | age secret key | AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58} | \
    age-secret-key-1 | any
rke_token | Rancher token | token-[a-z0-9]{5}:[a-z0-9]{54} | /token-[a-z0-9]{5}:[a-z0-9]{8}/
k3s_token | K3s node token | K10[0-9a-f]{64}::(?:server|node):[0-9a-f]{32} | k10
"""

_NEAR = r"""
coder | Coder session token | [A-Za-z0-9]{10}-[A-Za-z0-9]{22} | coder_session,coder-session,coder_token
dagster | Dagster Cloud token | user:[a-z0-9-]{2,40}:[0-9a-f]{32} | dagster
scalr | Scalr token | at-[A-Za-z0-9]{14}\.[A-Za-z0-9]{40,60} | scalr
akeyless | Akeyless access id | p-[a-z0-9]{12,14} | akeyless
vault_legacy | Vault service token, first form | s\.[A-Za-z0-9]{24} | vault, vault_token, x-vault-token
vault_unseal | Vault unseal key | [A-Za-z0-9+/]{44}|[A-Za-z0-9+/]{43}= | unseal, unseal key
kubernetes_bootstrap | Kubernetes bootstrap token | [a-z0-9]{6}\.[a-z0-9]{16} | \
    kubeadm, bootstrap-token, bootstrap token, bootstrap_token
ngrok_api | ngrok key | (?:ak|ngrok)_[A-Za-z0-9]{27,49} | ngrok
ngrok_token | ngrok tunnel token | [12][A-Za-z0-9]{26}_[A-Za-z0-9]{20,22} | ngrok, authtoken
truenas | TrueNAS key | \d{1,3}-[A-Za-z0-9]{64} | truenas, auth.login, login_with_api_key
railway | Railway token | <uuid> | railway, railway_token
zerotier | ZeroTier token | [A-Za-z0-9]{32} | zerotier
"""

_ASSIGNED = r"""
heroku | Heroku key, first form | heroku | <UUID>
netlify | Netlify token, first form | netlify | [A-Za-z0-9=_-]{40,46}
terraform_password | Terraform administrator password | administrator_login_password | \
    [A-Za-z0-9!@#$%^&*()_+=,.?~-]{8,40}
cisco_meraki | Cisco Meraki key | meraki | [0-9a-f]{40}
koyeb | Koyeb token | koyeb | [a-z0-9]{64}
fly_legacy | Fly.io token, first form | fly_api, fly_access | [A-Za-z0-9_-]{43}
rancher | Rancher secret key | rancher | [a-z0-9]{54}
portainer | Portainer access token | portainer | ptr_[A-Za-z0-9+/=]{44}
proxmox | Proxmox API token | proxmox, pveapitoken | <uuid>
unifi | UniFi key | unifi | [A-Za-z0-9_-]{32}
cachix | Cachix token | cachix | eyJ[A-Za-z0-9_.-]{60,400}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
