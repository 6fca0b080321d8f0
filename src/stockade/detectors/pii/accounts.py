"""Accounts at banks, and what routes money to them.

Names and addresses are not looked for; nothing is asked of a register.
"""

from __future__ import annotations

from stockade.detectors.engine.spec import Spec
from stockade.detectors.pii.rows import by_words, financial

_BY_WORDS = r"""
BANK_ACCOUNT | Bank account number | \d{6,17}|\d{2,6}(?:[ .\-/]\d{2,8}){1,4} | account | 947784 | \
    @ACCOUNT | 0.7 | 40
US_BANK_NUMBER | US bank account number | \d{6,17} | varied | 0493112756207850 | us account, checking \
    account, checking, savings account, savings, direct deposit, bank account number, acct no, acct \
    number | 0.74 | 48
ABA_ROUTING_NUMBER | US bank routing number | \d{9}|\d{4}-\d{4}-\d | aba_digit | 878022016 | routing, \
    routing number, routing no, aba, aba number, aba no, rtn, transit number, bank routing, ach | 0.9
UK_SORT_CODE | UK bank sort code | \d{2}[ -]?\d{2}[ -]?\d{2} | varied_short | 69-7250 | sort code, \
    sort-code, sortcode, s/c | 0.85 | 32
UK_BANK_ACCOUNT | UK bank account number | \d{8} | varied | 05703957 | sort code, sort-code, sortcode | \
    0.8 | 56
CA_BANK_TRANSIT | Canadian bank transit number | \d{5}-\d{3}|0\d{8} | varied | 51018-817 | transit no, \
    transit number, institution number, bank transit, numéro de transit | 0.85 | 40
AU_BSB | Australian bank branch number | \d{3}-?\d{3} | varied_short | 348051 | bsb, bsb no, bsb number \
    | 0.9 | 32
AU_BANK_ACCOUNT | Australian bank account number | \d{6,10} | varied | 2719747923 | bsb | 0.78 | 48
NZ_BANK_ACCOUNT | New Zealand bank account number | \d{2}[- ]\d{4}[- ]\d{7}[- ]\d{2,3} | varied | 82 \
    7034-1102099-53 | account, bank account, account no, account number, acct | 0.8 | 48
IN_IFSC | Indian bank branch code | [A-Z]{4}0[A-Z0-9]{6} | mixed | ISNE0KJ1RZ1 | ifsc, ifsc code, rtgs, \
    neft, imps, बैंक | 0.9 | 48
MX_CLABE | Mexican bank account number (CLABE) | \d{18}|\d{3} \d{3} \d{11} \d | mx_clabe | 007 622 \
    13899964889 7 | clabe, clabe interbancaria, cuenta clabe, transferencia, spei
AR_CBU | Argentine bank account number (CBU, CVU) | \d{22} | ar.cbu | 5813618061674540231375 | cbu, cvu, \
    c.b.u.
BR_BANK_ACCOUNT | Brazilian bank branch and account | \d{4}(?:-\d)?[ ,/]{1,3}\d{4,12}-[\dX] | varied | \
    4608,/3199824223-2 | agência, conta corrente, conta, conta poupança | 0.78 | 40
BR_PIX_KEY | Brazilian payment key (PIX, random) | \
    [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12} | - | \
    683f748c-31a9-452c-bf83-22f291f455d5 | pix, chave pix, chave aleatória, pix key | 0.85 | 48
ES_CCC | Spanish bank account number (CCC) | \d{4}[ -]?\d{4}[ -]?\d{2}[ -]?\d{10} | es.ccc | \
    87087441-92-1218138413 | ccc, cuenta, código cuenta cliente, cuenta bancaria, número de cuenta, \
    cuenta corriente
FR_RIB | French bank account number (RIB) | \d{5} ?\d{5} ?[0-9A-Z]{11} ?\d{2} | fr_rib | \
    2227311602UD7BVGFHAOE 45 | rib, relevé d'identité bancaire, compte, numéro de compte
IT_BBAN | Italian bank account number (BBAN) | [A-Z] ?\d{5} ?\d{5} ?[0-9A-Z]{12} | mixed | Q32016 \
    03478VB0IFGNWSKK6 | bban, conto corrente, coordinate bancarie, c/c, cin abi cab | 0.8
SE_BANKGIRO | Swedish giro number | \d{3,4}-\d{4}|\d{1,7}-\d | luhn varied_short | 942-8160 | bankgiro, \
    bg, plusgiro, postgiro, pg, bankgironummer | 0.85 | 32
NO_BANK_ACCOUNT | Norwegian bank account number | \d{4}[. ]?\d{2}[. ]?\d{5} | no.kontonr | 6941.9871443 \
    | kontonummer, kontonr, konto, bankkonto
CZ_BANK_ACCOUNT | Czech or Slovak bank account number | (?:\d{1,6}-)?\d{6,10}/\d{4} | cz.bankaccount | \
    3159323905/0600 | číslo účtu, účet, účtu, bankovní účet, č.ú., č. ú
HU_BANK_ACCOUNT | Hungarian bank account number | \d{8}[ -]\d{8}(?:[ -]\d{8})? | varied | \
    65938553-07456457 | bankszámla, bankszámlaszám, számlaszám, számla | 0.85
PL_BANK_ACCOUNT | Polish bank account number (NRB) | \d{2} ?\d{4} ?\d{4} ?\d{4} ?\d{4} ?\d{4} ?\d{4} | \
    pl_nrb | 860441 9969 5699 1721 7001 4232 | nrb, rachunek, numer rachunku, nr rachunku, numer konta, \
    nr konta, konto, konto bankowe
RU_BANK_ACCOUNT | Russian bank account number | (?:40|42|30)\d{18} | varied | 40879714034624235540 | \
    р/с, расчетный счет, расчётный счёт, счет, счёт, номер счета, лицевой счет, к/с, корр. счет | 0.85
RU_BIK | Russian bank code (BIK) | 04\d{7} | varied | 049984690 | бик, bik | 0.85 | 32
JP_BANK_ACCOUNT | Japanese bank account number | \d{7} | varied | 5602257 | 口座番号, 普通口座, 口座, \
    普通預金, 当座預金, ゆうちょ | 0.8 | 40
KR_BANK_ACCOUNT | Korean bank account number | \d{2,6}-\d{2,6}-\d{2,8}(?:-\d{1,3})? | varied | \
    3706-214194-85314298 | 계좌번호, 계좌, 입금계좌, 국민은행, 신한은행, 우리은행, 하나은행, 농협, \
    카카오뱅크 | 0.8 | 40
ZA_BANK_ACCOUNT | South African branch code or account | \d{6}|\d{9,11} | varied | 5911652736 | branch \
    code, universal branch code, absa, fnb, capitec, nedbank, standard bank | 0.75 | 40
NG_BANK_ACCOUNT | Nigerian bank account number (NUBAN) | \d{10} | varied | 2686960361 | nuban, gtbank, \
    zenith bank, uba | 0.8 | 48
IL_BANK_ACCOUNT | Israeli bank account number | \d{2}[ -]\d{3}[ -]\d{4,9} | varied | 24-872 06659 | \
    חשבון בנק, מספר חשבון, חשבון, סניף | 0.8 | 40
SEPA_CREDITOR_ID | SEPA creditor identifier | [A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28} | eu.at_02 | \
    PZ62JU94V | gläubiger-id, gläubiger-identifikationsnummer, creditor id, creditor identifier, ics, \
    mandatsreferenz, identificador del acreedor
INVESTMENT_ACCOUNT | Brokerage, pension or loan account | [A-Z]{0,4}-?\d{5,14}(?:-\d{1,4})? | identifier \
    | GV-63352139446970-4765 | brokerage account, 401k, 401(k), ira account, pension number, loan \
    number, loan no, loan account, mortgage number, mortgage account, depotnummer, darlehensnummer, \
    kreditnummer, numéro de prêt, número de préstamo, plan de pensiones | 0.68 | 40
CARD_PIN | Secret number of a card | \d{4,6} | pin | 373702 | pin, pin code, pin is, pin number, card \
    pin, atm pin, geheimzahl, code pin, code secret, número secreto, clave del cajero, codice pin, \
    pincode, пин, пин-код, 密码, 暗証番号, 비밀번호 | 0.7 | 24
TRANSACTION_ID | Reference of a payment | (?-i:[A-Z]{0,6})\d{8,24}|(?-i:[A-Z0-9]{10,24}) | mixed | \
    CY1TZ14TEWBRMMDB04V48N9 | payment reference, wire reference, transfer reference, imad, omad, utr no, \
    utr number, rrn number, mandate reference, mandatsreferenz, verwendungszweck | 0.62 | 32
"""


def specs() -> tuple[Spec, ...]:
    """Return the patterns of this table."""
    return by_words(financial, _BY_WORDS)
