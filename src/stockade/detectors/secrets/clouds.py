"""Keys of the clouds: those that rent machines, storage and networks."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
aws_access_key | AWS access key id | (?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z0-9]{16} | \
    /akia[a-z0-9]{8}/,/asia[a-z0-9]{8}/,/abia[a-z0-9]{8}/,/acca[a-z0-9]{8}/,/a3t[a-z0-9]{8}/ | any
aws_mws | Amazon MWS token | amzn\.mws\.<uuid> | amzn.mws
aws_appsync | AWS AppSync key | da2-[a-z0-9]{26}
aws_session | AWS session token | (?:FwoGZXIvYXdzE|IQoJb3JpZ2lu)[A-Za-z0-9/+=]{100,900} | \
    fwogzxivyxdze,iqojb3jpz2lu
aws_signed_url | Signed S3 address | X-Amz-Signature=[0-9a-f]{64}
~aws_request_credential | Credential scope of a signed AWS request | \
    X-Amz-Credential=[A-Za-z0-9%/_-]{16,80} | x-amz-credential
~aws_arn | AWS resource name with an account | \
    arn:aws[a-z-]{0,12}:[a-z0-9-]{2,20}:[a-z0-9-]{0,20}:\d{12}:[A-Za-z0-9*/_.:-]{1,80} | arn:aws | any
amazon_oauth | Amazon OAuth client secret | amzn1\.oa2-cs\.v1\.[0-9a-f]{64} | amzn1.oa2-cs
~amazon_oauth_client | Amazon OAuth client id | amzn1\.application-oa2-client\.[0-9a-f]{32} | \
    amzn1.application-oa2-client
gcp_api_key | Google API key | AIza[A-Za-z0-9_-]{35}
gcp_oauth_token | Google OAuth access token | ya29\.[A-Za-z0-9_-]{30,300}
gcp_oauth_refresh | Google OAuth refresh token | 1//0[A-Za-z0-9_-]{40,120} | /1\/\/0[a-z0-9_-]{12}/
gcp_oauth_secret | Google OAuth client secret | GOCSPX-[A-Za-z0-9_-]{28}
~gcp_oauth_client | Google OAuth client id | \d{6,14}-[a-z0-9]{20,32}\.apps\.googleusercontent\.com | \
    apps.googleusercontent.com
gcp_service_account | Google service account file | "type"[ ]?:[ ]?"service_account" | service_account | any
~gcp_service_mail | Google service account address | \
    [a-z0-9-]{4,40}@[a-z0-9-]{4,40}\.iam\.gserviceaccount\.com | gserviceaccount
gcp_captcha | Google reCAPTCHA key | 6L[a-z][A-Za-z0-9_-]{5}AAAA[A-Za-z0-9_-]{28} | \
    /6l[a-z][a-z0-9_-]{5}aaaa/
gcp_hmac | Google Cloud Storage HMAC key id | GOOG1[A-Z0-9]{48,58}
firebase_messaging | Firebase messaging server key | AAAA[A-Za-z0-9_-]{7}:[A-Za-z0-9_-]{140} | aaaa
~firebase_domain | Firebase host | [a-z0-9-]{3,40}\.(?:firebaseio|firebaseapp)\.com | \
    firebaseio,firebaseapp | any
azure_client_secret | Azure client secret | [A-Za-z0-9_~.-]{3}[789]Q~[A-Za-z0-9_~.-]{31,34} | 7q~,8q~,9q~
azure_shared_key | Azure service key | \
    [A-Za-z0-9+/]{52}(?:JQQJ9|ACDbA|AzSeA|AzFuA|AzCaA|\+ASt)[A-Za-z0-9+/]{5,31}=?=? | \
    jqqj9,acdba,azsea,azfua,azcaa,+ast
azure_connection | Azure connection string | \
    (?:AccountKey|SharedAccessKey|accesskey)=[A-Za-z0-9+/]{40,90}=?=? | \
    /(?:accountkey|sharedaccesskey|accesskey)=[a-z0-9+/]{12}/
azure_sas | Azure shared access signature | sig=[A-Za-z0-9%/+]{40,80}(?:%3D|=) | sig=
azure_devops | Azure DevOps token, current form | [A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4} | azdo
azure_app_config | Azure app configuration string | \
    \.azconfig\.io;Id=[A-Za-z0-9+/:_-]{4,30};Secret=[A-Za-z0-9+/]{36,90}=? | azconfig
azure_maps | Azure maps or apim subscription key | \
    Ocp-Apim-Subscription-Key["']?[ ]?[:=][ ]?["']?([0-9a-f]{32}) | ocp-apim-subscription-key
digitalocean_token | DigitalOcean personal token | dop_v1_[0-9a-f]{64}
digitalocean_oauth | DigitalOcean OAuth token | doo_v1_[0-9a-f]{64}
digitalocean_refresh | DigitalOcean refresh token | dor_v1_[0-9a-f]{64}
cloudflare_origin | Cloudflare origin CA key | v1\.0-[0-9a-f]{24}-[0-9a-f]{146}
cloudflare_token | Cloudflare token with prefix | cf(?:at|ut|k)_[A-Za-z0-9]{44,52} | cfat_,cfut_,cfk_
alibaba_key_id | Alibaba access key id | LTAI[A-Za-z0-9]{12,22}
tencent_key_id | Tencent Cloud key id | AKID[A-Za-z0-9]{32}
yandex_iam | Yandex IAM token | t1\.[A-Za-z0-9_-]{20,300}={0,2}\.[A-Za-z0-9_-]{86}={0,2}
yandex_api | Yandex API key | AQVN[A-Za-z0-9_-]{35,38}
yandex_aws | Yandex access key | YC[A-Za-z0-9_-]{38} | /yc[a-z0-9_-]{12}/
yandex_oauth | Yandex OAuth token | y[0-3]_[A-Za-z0-9_-]{55,60} | y0_,y1_,y2_,y3_
ibm_cloud_user | IBM Cloud user key | ApiKey-<uuid>
~oracle_ocid | Oracle cloud user or tenancy id | ocid1\.(?:user|tenancy)\.oc1\.\.[a-z0-9]{60}
scaleway | Scaleway key id | SCW[A-Z0-9]{17}
linode_token | Linode token with prefix | lin_pat_[A-Za-z0-9]{40,64}
exoscale | Exoscale key | EXO[0-9a-f]{24} | /exo[0-9a-f]{12}/
upcloud | UpCloud token | ucat_[A-Z0-9]{26} | ucat_
backblaze | Backblaze B2 application key | K00[0-5][A-Za-z0-9/+]{27} | k000,k001,k002,k003,k004,k005
"""

_NEAR = r"""
azure_function | Azure function address with code | [?&]code=([A-Za-z0-9_-]{50,60}=?=?) | \
    azurewebsites, azurewebsites.net
~gcp_oauth_client_bare | Google OAuth client id without its host | \d{6,14}-[a-z0-9]{32} | \
    googleusercontent, google_client_id, google-client-id
azure_storage_key | Azure storage account key | [A-Za-z0-9+/]{86}== | \
    azure, accountkey, account_key, cosmos, cosmosdb, azure_storage
hetzner_cloud | Hetzner Cloud token | [A-Za-z0-9]{64} | hcloud, hetzner
civo | Civo key | [A-Za-z0-9]{50} | civo
"""

_ASSIGNED = r"""
aws_secret_key | AWS secret access key | \
    aws, secretaccesskey, secret_access_key, secretkey, secret_key | [A-Za-z0-9/+=]{40}
azure_key | Azure key | azure, ado_pat, subscription-key, subscription_key | [0-9a-z]{32}
azure_devops_legacy | Azure DevOps token, first form | \
    azure, ado_pat, devops, vsts, personalaccesstoken, personal_access_token | [a-z2-7]{52}
alibaba_secret | Alibaba secret key | alibaba, aliyun | [A-Za-z0-9]{30}
tencent_secret | Tencent Cloud secret key | tencent, qcloud | [A-Za-z0-9]{32}
cloudflare_key | Cloudflare API token | cloudflare | [A-Za-z0-9_-]{40}
cloudflare_global | Cloudflare global key | cloudflare | [0-9a-f]{37}
linode | Linode token, first form | linode | [0-9a-f]{64}
vultr | Vultr key | vultr | [A-Z0-9]{36}
ovh | OVH secret | ovh | [A-Za-z0-9]{32}
scaleway_secret | Scaleway secret key | scaleway, scw_secret | <uuid>
~oracle_fingerprint | Oracle cloud key fingerprint | oci_fingerprint, fingerprint | \
    [0-9a-f]{2}(?::[0-9a-f]{2}){15}
ibm_cloud | IBM Cloud key | \
    ibm, bluemix, softlayer, iam_api, iam-api, iam_pass, iam-pass, iam_key, cloud_api, cloud-api, iam_pw\
    d | [A-Za-z0-9_-]{44}
ibm_softlayer | IBM classic infrastructure key | \
    softlayer, sl_api, sl-api, sl_key, slapi, sl_pass, sl-key | [0-9a-z]{64}
ibm_storage | IBM object storage HMAC key | ibm, secret_access_key, secret_key | [0-9a-f]{48}
cloudant | IBM Cloudant password or key | cloudant, cloudant_pw, cl_pass, clou | [0-9a-f]{64}|[a-z]{24}
wasabi | Wasabi secret key | wasabi | [A-Za-z0-9]{40}
digitalocean_spaces | DigitalOcean Spaces secret | spaces_secret, spaces_key, digitalocean | \
    [A-Za-z0-9/+]{43}
akamai_secret | Akamai client secret | akamai, client_secret, edgegrid | [A-Za-z0-9+/]{43}=
gcore | Gcore token | gcore | \d{1,6}\$[0-9a-f]{100,140}
equinix | Equinix Metal token | metal_auth, packet_auth, equinix | [A-Za-z0-9]{32}
kamatera | Kamatera secret | kamatera | [0-9a-f]{32}
huawei | Huawei Cloud secret key | huawei, hws | [A-Za-z0-9]{40}
fastly | Fastly token | fastly | [A-Za-z0-9=_-]{32}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
