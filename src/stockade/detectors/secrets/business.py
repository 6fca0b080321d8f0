"""Keys of customer, sales, media, map and social services, and of devices."""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.secrets.keys import assigned, near, prefixed

_PREFIXED = r"""
facebook_page | Facebook access token | EAA[A-Za-z0-9]{1,8}[A-Za-z0-9_-]{80,300} | /eaa[a-z0-9_-]{12}/
instagram | Instagram token | IG(?:QV|AA)[A-Za-z0-9_-]{60,250} | igqv,igaa
~wechat_app | WeChat app id | wx[0-9a-f]{16} | /wx[0-9a-f]{8}/
twitter_bearer | Twitter bearer token | A{22}[B-Zb-z0-9%][A-Za-z0-9%]{79,119} | /a{22}[b-z0-9%]/ | any
hubspot_pat | HubSpot private app token | pat-(?:na|eu|ap)\d-<uuid> | pat-na,pat-eu,pat-ap
salesforce_token | Salesforce session id | 00D[A-Za-z0-9]{12,15}![A-Za-z0-9._-]{60,130} | /00d[a-z0-9]{10}/
salesforce_consumer | Salesforce consumer key | 3MVG[A-Za-z0-9._-]{60,120} | 3mvg
~salesforce_org | Salesforce organization id | 00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})? | \
    /00d[a-z0-9]{10}/ | random
adobe_secret | Adobe client secret | p8e-[A-Za-z0-9-]{32}
dropbox_short | Dropbox short-lived token | sl\.[A-Za-z0-9_=-]{130,200} | /sl\.[a-z0-9_=-]{16}/
dropbox_long | Dropbox long-lived token | \
    [A-Za-z0-9]{10}[B-Zb-z0-9]AAAAAAAAAA[B-Zb-z0-9_=-][A-Za-z0-9_=-]{42} | /[b-z0-9]a{10}[b-z0-9_=-]/ | \
    any
mapbox | Mapbox token | [pst]k\.[A-Za-z0-9]{40,120}\.[A-Za-z0-9_-]{22} | /[pst]k\.[a-z0-9]{12}/
adafruit_io | Adafruit IO key | aio_[A-Za-z0-9]{28}
~blynk_client | Blynk client id | oa2-client-id_[A-Za-z0-9_-]{20,40} | oa2-client-id_
twitch_stream | Twitch stream key | live_\d{6,12}_[A-Za-z0-9]{28,34} | /live_[0-9]{6}/
tiktok | TikTok access token | act\.[A-Za-z0-9]{60,80}(?:![0-9]{1,5}\.[a-z]{1,4})? | act.
pinterest | Pinterest token | pina_[A-Za-z0-9]{60,130}
canva | Canva secret | cnvca[A-Za-z0-9_-]{40,60}
maxmind_prefixed | MaxMind license key | [A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk | _mmk
rapidapi_market | RapidAPI marketplace key | [0-9a-f]{10}msh[0-9a-f]{15}p1[0-9a-f]{5}jsn[0-9a-f]{12} | \
    /msh[0-9a-f]{8}/
wakatime | WakaTime key | waka_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12} | waka_
zuplo | Zuplo key | zpka_[0-9a-f]{32}_[0-9a-f]{8} | zpka_
censys_personal | Censys token | censys_[A-Za-z0-9]{8}_[A-Za-z0-9]{24,32} | censys_
~shopify_domain | Shopify shop | [a-z0-9][a-z0-9-]{2,40}\.myshopify\.com | .myshopify.com | any
~cloud_bucket | Storage bucket | \
    (?:[a-z0-9][a-z0-9.-]{2,62}\.s3(?:[.-][a-z0-9-]{5,20})?\.amazonaws\.com|s3(?:[.-][a-z0-9-]\
    {5,20})?\.amazonaws\.com/[a-z0-9][a-z0-9.-]{2,62}|[a-z0-9][a-z0-9.-]\
    {2,62}\.storage\.googleapis\.com) | amazonaws.com,storage.googleapis.com | any
"""

_NEAR = r"""
facebook_app | Facebook app token | \d{15,16}(?:\||%7C)[A-Za-z0-9_-]{27,40} | facebook, fb_
linkedin_token | LinkedIn token | AQ[A-Z][A-Za-z0-9_-]{80,400} | linkedin
kagi | Kagi key | [A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]{43} | kagi
beamer | Beamer key | b_[A-Za-z0-9=_-]{44} | beamer, beamertoken
thingsboard_device | ThingsBoard device token | [a-z0-9]{20} | thingsboard, thingsboard.cloud/api/v1
"""

_ASSIGNED = r"""
adafruit | Adafruit key | adafruit | [A-Za-z0-9_-]{32}
~adobe_client | Adobe client id | adobe | [0-9a-f]{32}
dropbox | Dropbox token | dropbox | [A-Za-z0-9]{15}
facebook_secret | Facebook secret | facebook, fb_app, fbconnect, fbapi | [0-9a-f]{32}
flickr | Flickr token | flickr | [A-Za-z0-9]{32}
hubspot | HubSpot key | hubspot | <uuid>
linkedin | LinkedIn key | linkedin, linked_in, linked-in | [A-Za-z0-9]{14}|[A-Za-z0-9]{16}
maxmind | MaxMind license key, first form | maxmind | [A-Za-z0-9]{16}
nytimes | New York Times key | nytimes, new-york-times, newyorktimes | [A-Za-z0-9=_-]{32}
twitch | Twitch token | twitch | [A-Za-z0-9]{30}
twitter | Twitter key | twitter | \
    [A-Za-z0-9]{25}|[A-Za-z0-9]{45}|[A-Za-z0-9]{50}|[A-Za-z0-9]{18,22}|\d{15,25}-[A-Za-z0-9]{20,40}
spotify | Spotify secret | spotify | [0-9a-f]{32}
google_secret_legacy | Google OAuth client secret, first form | google, clientsecret, client_secret | \
    [A-Za-z0-9_-]{24}
particle | Particle token | particle | [0-9a-f]{40}
nasa | NASA key | nasa | [A-Za-z0-9]{40}
thingsboard | ThingsBoard token | thingsboard, provisiondevice, provision_device | [A-Za-z0-9]{20}
fitbit | Fitbit secret | fitbit | [0-9a-f]{32}
zapier | Zapier key | zapier | [A-Za-z0-9]{32,48}
rapidapi | RapidAPI key, first form | rapidapi, rapid_api | [A-Za-z0-9_-]{50}
squarespace | Squarespace token | squarespace | <uuid>
zoho | Zoho token | zoho | 1000\.[0-9a-f]{32}\.[0-9a-f]{32}
pipedrive | Pipedrive token | pipedrive | [0-9a-f]{40}
calendly | Calendly token | calendly | eyJ[A-Za-z0-9_.-]{60,900}
eventbrite | Eventbrite token | eventbrite | [A-Z0-9]{20}
strava | Strava secret | strava | [0-9a-f]{40}
openweather | OpenWeather key | openweather, owm_api, owm_key, openweathermap | [0-9a-f]{32}
here_maps | HERE key | here_api, here_app | [A-Za-z0-9_-]{43}
tomtom | TomTom key | tomtom | [A-Za-z0-9]{32}
geocodio | Geocoding key | opencage, geocodio, locationiq | [0-9a-f]{32,39}
ipstack | ipstack or ipinfo key | ipstack, ipinfo, ipgeolocation | [0-9a-f]{32}|[0-9a-f]{14}
shodan | Shodan key | shodan | [A-Za-z0-9]{32}
virustotal | VirusTotal key | virustotal, vt_api | [0-9a-f]{64}
abuseipdb | AbuseIPDB key | abuseipdb | [0-9a-f]{80}
censys | Censys secret | censys | [A-Za-z0-9]{32}
newsapi | News API key | newsapi, news_api | [0-9a-f]{32}
tmdb | TMDB key | tmdb, themoviedb | [0-9a-f]{32}
giphy | Giphy key | giphy | [A-Za-z0-9]{32}
unsplash | Unsplash key | unsplash | [A-Za-z0-9_-]{43}
vimeo | Vimeo token | vimeo | [0-9a-f]{32}
cloudinary | Cloudinary secret | cloudinary | [A-Za-z0-9_-]{27}
bitly | Bitly token | bitly | [0-9a-f]{40}
docusign | DocuSign key | docusign | <uuid>
reddit | Reddit secret | reddit | [A-Za-z0-9_-]{27,30}
tinypng | TinyPNG key | tinypng, tinify | [A-Za-z0-9]{32}
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return prefixed(_PREFIXED) + near(_NEAR) + assigned(_ASSIGNED)
