"""Identifiers of people and taxpayers in South, East and South-East Asia.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_shape, by_words, pii

_BY_WORDS = r"""
IN_AADHAAR | Indian identity number (Aadhaar) | [2-9]\d{3}[ -]?\d{4}[ -]?\d{4} | in_.aadhaar | \
    7799-93402644 | aadhaar, aadhar, adhaar, aadhaar no, uidai, uid, आधार, ஆதார், ఆధార్, আধার
IN_VID | Indian virtual identity number | [2-9]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4} | in_.vid | \
    53865726-9785 2743 | vid, virtual id, aadhaar vid, uidai
IN_VOTER | Indian voter number (EPIC) | [A-Z]{3}\d{7} | varied | FJH0348062 | voter, voter id, voter id \
    card, epic, epic no, elector, electoral, मतदाता, वोटर
IN_PASSPORT | Indian passport number | [A-PR-WY][1-9]\d ?\d{4}[1-9] | varied | J1621113 | indian \
    passport, passport india, पासपोर्ट
IN_DRIVER_LICENSE | Indian driving licence number | [A-Z]{2}[ -]?\d{2}[ -]?(?:19|20)\d{2}[ -]?\d{7} | \
    varied | TX6319480921130 | dl, dl no, driving licence, driving license, ड्राइविंग लाइसेंस
IN_RATION_CARD | Indian ration card number | [A-Z]{0,3}\d{8,15} | varied | TOA702949990617851 | ration \
    card, ration card no, राशन कार्ड
PK_CNIC | Pakistani identity number (CNIC) | [1-7]\d{4}-?\d{7}-?\d | pk.cnic | 57753-36758912 | cnic, \
    nic, nicop, شناختی کارڈ, قومی شناختی
BD_NID | Bangladeshi national identity number | \d{10}|\d{13}|\d{17} | varied | 5269392553836 | nid, nid \
    no, জাতীয় পরিচয়পত্র, পরিচয়পত্র, national id, voter id
LK_NIC | Sri Lankan identity number | \d{9}[VX]|(?:19|20)\d{10} | lk_nic | 195363537437 | nic, nic no, \
    national identity card, ජාතික හැඳුනුම්පත්
NP_CITIZENSHIP | Nepalese citizenship number | \d{2}-\d{2}-\d{2}-\d{5} | varied | 01-74-28-76002 | \
    nagarikta, citizenship, citizenship no, नागरिकता
CN_RIC | Chinese resident identity number | \d{17}[\dX] | cn.ric | 110105198708076959 | 身份证, \
    身份证号, 身份证号码, 居民身份证, 公民身份号码, 证件号, id card, resident id
CN_USCC | Chinese unified social credit code | [0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10} | \
    cn.uscc | 911100006A3U19PCFM | 统一社会信用代码, 社会信用代码, 信用代码, uscc, 税号
CN_PASSPORT | Chinese passport number | (?:E[A-Z]?|[DSGPH])\d{7,8} | varied | D31190231 | 护照, 护照号, \
    护照号码, chinese passport
HK_ID | Hong Kong identity card number | [A-Z]{1,2}\d{6} ?\(?[0-9A]\)? | hk_id | O8037966) | hkid, hkid \
    no, hong kong id, 身份證, 身份證號碼, 香港身份證, identity card
MO_BIR | Macao identity card number | [1578]/?\d{6}/?\(?\d\)? | varied | 1932763/0) | bir, bir no, \
    澳門身份證, macau id, macao id, bilhete de identidade
TW_ID | Taiwanese identity number | [A-Z][1289]\d{8} | tw_id | R159435581 | 身分證, 身分證字號, \
    身份證字號, 統一證號, 居留證
TW_UBN | Taiwanese business number | \d{8} | tw.ubn varied | 68735438 | 統一編號, 統編, ubn, 營業人
JP_MY_NUMBER | Japanese individual number | \d{4}[ -]?\d{4}[ -]?\d{4} | jp.in_ varied | 8095 5849-4879 | \
    マイナンバー, 個人番号, my number, mynumber
JP_CORPORATE_NUMBER | Japanese corporate number | \d-?\d{4}-?\d{4}-?\d{4} | jp.cn | 6-5977-4165-6352 | \
    法人番号, corporate number, インボイス, 登録番号
JP_PASSPORT | Japanese passport number | [A-Z]{2}\d{7} | varied | YH8794696 | パスポート, 旅券, \
    旅券番号, japanese passport
JP_DRIVER_LICENSE | Japanese driver's licence number | \d{12} | varied | 784703789096 | 運転免許, \
    運転免許証, 免許証, 免許証番号
JP_PENSION | Japanese basic pension number | \d{4}-\d{6} | varied | 9732-052177 | 基礎年金番号, \
    年金番号, 年金手帳
JP_RESIDENCE_CARD | Japanese residence card number | [A-Z]{2}\d{8}[A-Z]{2} | varied | ML78792418SB | \
    在留カード, 在留カード番号, residence card, zairyu
KR_RRN | Korean resident registration number | \d{6}-?[1-8]\d{6} | kr_rrn | 0509012274373 | \
    주민등록번호, 주민번호, 외국인등록번호, 외국인번호, rrn, frn, resident registration
KR_BRN | Korean business registration number | \d{3}-?\d{2}-?\d{5} | kr.brn varied | 9259231026 | \
    사업자등록번호, 사업자번호, 사업자, brn
KR_DRIVER_LICENSE | Korean driver's licence number | \
    (?:1[1-9]|2[0-8])-\d{2}-\d{6}-\d{2}|(?:1[1-9]|2[0-8])\d{10} | varied | 117977183043 | 운전면허, \
    운전면허번호, 면허번호, 면허
KR_PASSPORT | Korean passport number | [MSRODG]\d{3}[0-9A-Z]\d{4} | varied | S25574564 | 여권, 여권번호, \
    korean passport
SG_NRIC_FIN | Singaporean identity or foreigner's number | [STFGM]\d{7}[A-Z] | sg_nric | T8347401C | \
    nric, fin, nric no, nric/fin, fin no, ic no, identity card
SG_UEN | Singaporean entity number | \d{8,9}[A-Z]|[TSR]\d{2}[A-Z]{2}\d{4}[A-Z] | sg.uen | 41542335W | \
    uen, uen no, entity number, business registration
MY_NRIC | Malaysian identity card number | \d{6}-?\d{2}-?\d{4} | my.nric | 940906-07-0662 | nric, mykad, \
    ic no, ic number, no. kp, no kp, no. k/p, kad pengenalan, no ic
TH_TNIN | Thai national identity number | [1-8]-?\d{4}-?\d{5}-?\d{2}-?\d | th.pin | 6-663413154-32-3 | \
    เลขประจำตัวประชาชน, บัตรประชาชน, เลขบัตรประชาชน, thai id, tnin
ID_NIK | Indonesian identity number (NIK) | \d{16} | id_nik | 1610434503025910 | nik, ktp, e-ktp, nomor \
    induk kependudukan, no ktp, no. ktp
ID_NPWP | Indonesian taxpayer number | \d{2}\.?\d{3}\.?\d{3}\.?\d-?\d{3}\.?\d{3} | id.npwp | \
    03.546.484.1-101.000 | npwp, nomor pokok wajib pajak
PH_TIN | Philippine taxpayer number | \d{3}-?\d{3}-?\d{3}(?:-?\d{3,5})? | varied | 539-568-672 | tin, \
    tin no, bir tin, taxpayer identification number
PH_SSS | Philippine social security number | \d{2}-\d{7}-\d | varied | 32-1400151-2 | sss, sss no, sss \
    number, social security system
PH_UMID | Philippine common reference number | \d{4}-\d{7}-\d | varied | 8169-7722003-5 | umid, crn, \
    gsis, umid no, umid card
PH_PHILHEALTH | Philippine health insurance number | \d{2}-\d{9}-\d | varied | 24-023203657-9 | \
    philhealth, phic, pin philhealth, philhealth no
VN_CCCD | Vietnamese citizen identity number | 0\d{11}|\d{9} | varied | 987577885 | cccd, căn cước, căn \
    cước công dân, cmnd, chứng minh nhân dân, số cccd, số cmnd
VN_TAX | Vietnamese tax code | \d{10}(?:-\d{3})? | vn.mst | 2535630237-939 | mst, mã số thuế
KH_ID | Cambodian identity card number | \d{9}(?:\(\d{2}\))? | varied | 747211183 | អត្តសញ្ញាណប័ណ្ណ, \
    cambodian id, khmer id, national id card
"""
_BY_SHAPE = r"""
IN_PAN | Indian taxpayer number (PAN) | [A-Z]{3}[ABCEFGHJKLPT][A-Z]\d{4}[A-Z] | [a-z]\d{4}[a-z]\b | \
    in_.pan | HJLJM6735Z | pan, pan card, pan no, permanent account number, पैन, income tax | 0.6
IN_GSTIN | Indian goods and services tax number | \d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z] | \
    \d{4}[a-z][1-9a-z]z | in_.gstin | 27YGUPH4363T5ZJ | gstin, gst, gst no | 0.9
IN_AADHAAR | Indian identity number (Aadhaar) | [2-9]\d{3} \d{4} \d{4} | \b[2-9]\d{3} \d{4} \d{4}\b | \
    in_.aadhaar | 4576 7305 9472 | aadhaar, aadhar, uidai, आधार | 0.6
PK_CNIC | Pakistani identity number (CNIC) | [1-7]\d{4}-\d{7}-\d | [1-7]\d{4}-\d{7}-\d | pk.cnic | \
    21485-7415876-1 | cnic, nic, شناختی کارڈ | 0.7
CN_RIC | Chinese resident identity number | \
    \d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX] | \
    \d{6}(?:19|20)\d{2}[01]\d[0-3]\d{4}[\dx] | cn.ric | 11010519931004891X | 身份证, 身份证号, 证件号, \
    id card | 0.85
KR_RRN | Korean resident registration number | \d{2}[01]\d[0-3]\d-[1-8]\d{6} | \
    \b\d\d[01]\d[0-3]\d-[1-8]\d{6}\b | kr_rrn | 830706-1574073 | 주민등록번호, 주민번호, rrn | 0.75
SG_NRIC_FIN | Singaporean identity or foreigner's number | [STFGM]\d{7}[A-Z] | \b[stfgm]\d{7}[a-z]\b | \
    sg_nric | T8347401C | nric, fin | 0.7
TH_TNIN | Thai national identity number | [1-8]-\d{4}-\d{5}-\d{2}-\d | [1-8]-\d{4}-\d{5}-\d\d-\d | \
    th.pin | 8-4600-72160-22-7 | บัตรประชาชน, thai id | 0.9
HK_ID | Hong Kong identity card number | [A-Z]{1,2}\d{6}\([0-9A]\) | \d{6}\([0-9a]\) | hk_id | \
    W456810(1) | hkid, 身份證, identity card | 0.85
TW_ID | Taiwanese identity number | [A-Z][12]\d{8} | \b[a-z][12]\d{8}\b | tw_id | T285703956 | 身分證, \
    身分證字號, 居留證 | 0.6
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(pii, _BY_WORDS) + by_shape(pii, _BY_SHAPE)
