"""Keys of clouds, hosts and networks."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
aws_access_key | AWS access key id | (?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16} | akia,asia,abia,acca,a3t
aws_mws | Amazon MWS token | amzn\.mws\.[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12} | \
    amzn.mws
aws_appsync | AWS AppSync key | da2-[a-z0-9]{26}
aws_session | AWS session token | (?:FwoGZXIvYXdzE|IQoJb3JpZ2lu)[A-Za-z0-9/+=]{100,900} | \
    fwogzxivyxdze,iqojb3jpz2lu
aws_signed_url | Signed S3 address | X-Amz-Signature=[0-9a-f]{64}
aws_signed_request | AWS request that carries its credential | X-Amz-(?:Algorithm|Credential)=[A-Za-z0-9%/_-\
    ]{10,80} | x-amz- | any
gcp_api_key | Google API key | AIza[A-Za-z0-9_-]{35}
gcp_oauth_token | Google OAuth access token | ya29\.[A-Za-z0-9_-]{30,300}
gcp_oauth_refresh | Google OAuth refresh token | 1//0[A-Za-z0-9_-]{40,120} | 1//0
gcp_oauth_secret | Google OAuth client secret | GOCSPX-[A-Za-z0-9_-]{28}
gcp_service_account | Google service account file | "type"[ ]?:[ ]?"service_account" | service_account | any
gcp_captcha | Google reCAPTCHA key | 6L[a-z][A-Za-z0-9_-]{5}AAAA[A-Za-z0-9_-]{28} | 6l
firebase_messaging | Firebase messaging server key | AAAA[A-Za-z0-9_-]{7}:[A-Za-z0-9_-]{140} | aaaa
firebase_domain | Firebase host | [a-z0-9.-]{3,40}\.(?:firebaseio|firebaseapp)\.com | \
    firebaseio,firebaseapp | any
azure_client_secret | Azure client secret | [A-Za-z0-9_~.-]{3}[78]Q~[A-Za-z0-9_~.-]{31,34} | 7q~,8q~
azure_shared_key | Azure service key | [A-Za-z0-9+/]{52}(?:JQQJ9|ACDbA|AzSeA|AzFuA|AzCaA|\+ASt)[A-Za-z0-9+/]\
    {5,31}=?=? | jqqj9,acdba,azsea,azfua,azcaa,+ast
azure_storage_key | Azure storage account key | [A-Za-z0-9+/]{86}== | ==
azure_connection | Azure connection string | (?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40,90}=?=? | \
    accountkey=,sharedaccesskey=
azure_sas | Azure shared access signature | sig=[A-Za-z0-9%]{40,80}%3D | sig=
azure_devops | Azure DevOps token, current form | [A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4} | azdo
azure_function | Azure function address with code | [?&]code=[A-Za-z0-9_-]{50,60}=?=? | code=
azure_app_config | Azure app configuration string | \.azconfig\.io;Id=[A-Za-z0-9+/:_-]{4,30};Secret=[A-Za-z0\
    -9+/]{36,90}=? | azconfig
digitalocean_token | DigitalOcean personal token | dop_v1_[0-9a-f]{64}
digitalocean_oauth | DigitalOcean OAuth token | doo_v1_[0-9a-f]{64}
digitalocean_refresh | DigitalOcean refresh token | dor_v1_[0-9a-f]{64}
cloudflare_origin | Cloudflare origin CA key | v1\.0-[0-9a-f]{24}-[0-9a-f]{146}
cloudflare_token | Cloudflare token with prefix | cf(?:at|ut|k)_[A-Za-z0-9]{44,52} | cfat_,cfut_,cfk_
alibaba_key_id | Alibaba access key id | LTAI[A-Za-z0-9]{12,22}
tencent_key_id | Tencent Cloud key id | AKID[A-Za-z0-9]{32}
yandex_iam | Yandex IAM token | t1\.[A-Za-z0-9_-]{20,300}={0,2}\.[A-Za-z0-9_-]{86}={0,2}
yandex_api | Yandex API key | AQVN[A-Za-z0-9_-]{35,38}
yandex_aws | Yandex access key | YC[A-Za-z0-9_-]{38} | yc
ibm_cloud_user | IBM Cloud API key | ApiKey-<uuid>
oracle_ocid | Oracle cloud user id | ocid1\.(?:user|tenancy)\.oc1\.\.[a-z0-9]{60}
flyio | Fly.io token | (?:fo1_[A-Za-z0-9_-]{43}|fm1[ar]_[A-Za-z0-9+/]{100,900}={0,3}|fm2_[A-Za-z0-9+/]{100,9\
    00}={0,3}) | fo1_,fm1a_,fm1r_,fm2_
heroku_prefixed | Heroku key with prefix | HRKU-[A-Za-z0-9_-]{36,64}
vercel | Vercel token | vc[piark]_[A-Za-z0-9]{40,60} | vcp_,vci_,vca_,vcr_,vck_
netlify_prefixed | Netlify token | nf[pcoub]_[A-Za-z0-9_]{36,40} | nfp_,nfc_,nfo_,nfu_,nfb_
render | Render key | rnd_[A-Za-z0-9]{28,40}
scalingo | Scalingo token | tk-us-[A-Za-z0-9_-]{48}
scaleway | Scaleway key id | SCW[A-Z0-9]{17}
hetzner_like | Linode token with prefix | lin_pat_[A-Za-z0-9]{40,64}
tailscale | Tailscale key | tskey-[a-z]{2,12}-[A-Za-z0-9]{8,32}(?:-[A-Za-z0-9]{16,40})?
doppler | Doppler token | dp\.(?:pt|ct|st|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44} | dp.
pulumi | Pulumi token | pul-[0-9a-f]{40}
terraform_cloud | Terraform Cloud token | [A-Za-z0-9]{14}\.(?:atlasv1|ATLASV1)\.[A-Za-z0-9_=-]{60,70} | \
    atlasv1
vault_service | Vault service token | hvs\.[A-Za-z0-9_-]{24,220}
vault_batch | Vault batch token | hvb\.[A-Za-z0-9_-]{100,300}
vault_recovery | Vault recovery token | hvr\.[A-Za-z0-9_-]{24,220}
vault_legacy_batch | Vault batch or recovery token, first form | [br]\.AAAAA[A-Za-z0-9_-]{100,300} | \
    b.aaaaa,r.aaaaa
infracost | Infracost key | ico-[A-Za-z0-9]{32}
openshift | OpenShift user token | sha256~[A-Za-z0-9_-]{43}
docker_pat | Docker access token | dckr_pat_[A-Za-z0-9_-]{22,36}
docker_oat | Docker organization token | dckr_oat_[A-Za-z0-9_-]{32}
docker_swarm | Docker swarm token | SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}
docker_swarm_key | Docker swarm unlock key | SWMKEY-1-[A-Za-z0-9+/]{43}
docker_auth | Docker registry credential | "auth"[ ]?:[ ]?"([A-Za-z0-9+/]{12,200}={0,2})" | "auth"
jfrog_key | JFrog Artifactory key | AKC[A-Za-z0-9]{10,80} | akc
jfrog_reference | JFrog reference token | cmVmd[A-Za-z0-9]{59}
planetscale_password | PlanetScale password | pscale_pw_[A-Za-z0-9=._-]{32,64}
planetscale_token | PlanetScale token | pscale_tkn_[A-Za-z0-9=._-]{30,64}
planetscale_oauth | PlanetScale OAuth token | pscale_oauth_[A-Za-z0-9=._-]{32,64}
supabase | Supabase token | sbp_(?:v0_|oauth_)?[0-9a-f]{40}
supabase_secret | Supabase secret key | sb_secret_[A-Za-z0-9_-]{22,40}
neon | Neon key | napi_[a-z0-9]{60,70}
upstash_like | Turso or Convex deploy key | prod:[a-z0-9-]{5,40}\|[A-Za-z0-9+/=]{40,200} | prod:
databricks | Databricks token | dapi[0-9a-fA-F]{32}(?:-\d)?
snowflake_like | Confluent Cloud key with prefix | cflt[A-Za-z0-9+/]{60}
clickhouse | ClickHouse Cloud secret | 4b1d[A-Za-z0-9]{38}
defined_networking | Defined Networking key | dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}
authress | Authress client key | (?:sc|ext|scauth|authress)_[a-zA-Z0-9]{5,30}\.[a-zA-Z0-9]{4,6}\.acc[_-][a-z\
    A-Z0-9-]{10,32}\.[A-Za-z0-9+/_=-]{30,120} | acc_,acc-
prefect | Prefect key | pn[ub]_[A-Za-z0-9]{36} | pnu_,pnb_
octopus | Octopus Deploy key | API-[A-Z0-9]{25,32}
stackhawk | StackHawk key | hawk\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}
"""

_NEAR = r"""
gcp_oauth_client | Google OAuth client id | \d{6,14}-[a-z0-9]{20,32}(?:\.apps\.googleusercontent\.com)? | \
    googleusercontent, client_id, clientid
vault_legacy | Vault service token, first form | s\.(?:[A-Za-z0-9]{24}|CAES[A-Za-z0-9_-]{90,120}) | \
    token,vault,s.caes
kubernetes_bootstrap | Kubernetes bootstrap token | [a-z0-9]{6}\.[a-z0-9]{16} | bootstrap, kubeadm, --token
jfrog_password | JFrog encrypted password | \bAP[A-F0-9][A-Za-z0-9]{30,60} | artifactory, jfrog
ngrok_api | ngrok key | (?:ak|ngrok)_[A-Za-z0-9]{27,49} | ngrok
truenas | TrueNAS key | \d{1,3}-[A-Za-z0-9]{64} | truenas,bearer,auth.login,login_with_api_key
"""

_ASSIGNED = r"""
aws_secret_key | AWS secret access key | aws, secretaccesskey, secret_access_key, secretkey, secret_key | \
    [A-Za-z0-9/+=]{40}
azure_key | Azure key | azure, ado_pat, subscription-key, subscription_key | [0-9a-z]{32}
azure_devops_legacy | Azure DevOps token, first form | azure, ado_pat, devops, vsts | [a-z2-7]{52}
alibaba_secret | Alibaba secret key | alibaba, aliyun | [A-Za-z0-9]{30}
tencent_secret | Tencent Cloud secret key | tencent, qcloud | [A-Za-z0-9]{32}
cloudflare_key | Cloudflare API token | cloudflare | [A-Za-z0-9_-]{40}
cloudflare_global | Cloudflare global key | cloudflare | [0-9a-f]{37}
heroku | Heroku key | heroku | <uuid>
netlify | Netlify token, first form | netlify | [A-Za-z0-9=_-]{40,46}
fastly | Fastly token | fastly | [A-Za-z0-9=_-]{32}
linode | Linode token | linode | [0-9a-f]{64}
vultr | Vultr key | vultr | [A-Z0-9]{36}
ovh | OVH secret | ovh | [A-Za-z0-9]{32}
jfrog_identity | JFrog token | jfrog, artifactory, bintray, xray | [A-Za-z0-9]{64}|[A-Za-z0-9]{73}
confluent_key | Confluent key | confluent | [A-Za-z0-9]{16}
confluent_secret | Confluent secret | confluent | [A-Za-z0-9/+]{64}
terraform_password | Terraform administrator password | administrator_login_password | \
    [^\s\"'\x00\xe0-\xff]{8,40}
mongodb_atlas | MongoDB Atlas key | atlas, mongodb | <uuid>
cisco_meraki | Cisco Meraki key | meraki | [0-9a-f]{40}
ibm_cloud | IBM Cloud key | ibm, bluemix, softlayer | [A-Za-z0-9_-]{44}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
