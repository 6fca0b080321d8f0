"""Context words for care and money: insurances, records, dates of care; cards and accounts.

Written as people write them, in many languages; what a word proves is the table's business.
"""

from __future__ import annotations

HEALTH = """
insurance id, insurance, insurance no, insurance number, insurance card, health insurance, health card,
health plan, health number, member id, member no, member number, member #, membership id, memberid,
subscriber, subscriber id, subscriber no, policy number, policy no, policy id, beneficiary id,
group number, group no, medicaid, medicaid id, medicare, insured id, payer id, hicn, phn, versicherung,
vers.-nr, vers.-nr., vers-nr, versichertennummer, versicherten-nr, krankenkasse, krankenversicherung,
krankenversichertennummer, kvnr, kv-nummer, gesundheitskarte, egk, assurance maladie, mutuelle,
numéro d'adhérent, n° adhérent, adhérent, carte vitale, police d'assurance, assuré, nass, n.a.s.s,
aseguramiento, tarjeta sanitaria, seguro médico, póliza, n.º de póliza, seguro de salud, aseguradora,
obra social, afiliado, número de utente, utente, cartão de saúde, plano de saúde, convênio, carteirinha,
cartão nacional de saúde, cartão sus, tessera sanitaria, polizza, assicurazione, zorgverzekering,
verzekering, polis, polisnummer, verzekerdennummer, försäkring, försäkringsnummer, sygesikring,
sundhedskort, forsikring, vakuutus, ubezpieczenie zdrowotne, nr polisy, polisa, pojištění, pojištěnec,
číslo pojištěnce, zdravotní pojišťovna, biztosítás, asigurat, sigorta, полис, полис омс, омс, страховка,
поліс, ασφάλεια, קופת חולים, ביטוח, تأمين, التأمين الصحي, बीमा, 医保, 医疗保险, 健保, 保険証, 健康保険,
被保険者, 건강보험, 보험, ประกันสุขภาพ, bảo hiểm y tế, bhyt, asuransi
"""
RECORD = """
mrn, mrns, mr no, mr number, mr#, medical record, medical record no, medical record number,
medical records, patient id, patient no, patient number, patient #, patientid, pt id, pat id, chart no,
chart number, hospital no, hospital number, hospital id, unit number, encounter, encounter id,
encounter no, visit number, visit id, admission no, case file, record no, record number, health record,
ehr, emr, accession, accession no, specimen, specimen id, patientennummer, patienten-nr, patientennr,
patienten-id, patient-nr, fallnummer, fall-nr, aktenzeichen, krankenakte, aufnahmenummer, dossier médical,
dossier patient, numéro de dossier, n° de dossier, n° dossier, ipp, nip patient, numéro patient, nhc,
n.h.c, nº historia, historia clínica, n.º de historia, número de historia, num. historia, historia,
expediente, episodio, cipa, nº de episodio, prontuário, número do prontuário, processo clínico,
nº de processo, cartella clinica, numero cartella, patiëntnummer, patientnummer, patiëntnr, dossiernummer,
journalnummer, journalnr, journal-nr, patientjournal, potilasnumero, potilastunnus, sjúkraskrá,
karta pacjenta, numer pacjenta, numer kartoteki, historia choroby, číslo pacienta, chorobopis,
beteg azonosító, kórlap, törzsszám, foaie de observație, fișa pacientului, hasta no, hasta numarası,
protokol no, dosya no, история болезни, номер пациента, медкарта, медицинская карта, медична картка,
история на заболяването, ιατρικός φάκελος, αριθμός μητρώου, מספר מטופל, תיק רפואי, رقم المريض,
الملف الطبي, रोगी, मरीज, 病历号, 病案号, 住院号, 门诊号, 病歷號, 患者番号, 患者ID, 診察券番号, カルテ,
환자번호, 등록번호, 차트번호, เลขที่ผู้ป่วย, mã bệnh nhân, số bệnh án, nomor rekam medis, no rm, no. rm
"""
PRACTITIONER = """
medical license, medical licence, license of dr, gmc, gmc no, gmc number, gmc ref, nmc pin, ahpra,
prescriber, provider id, provider no, provider number, physician id, physician license, registration no,
nºcol, n° col, nº col, n.º col, num. col, nº colegiado, n.º colegiado, núm. colegiado,
número de colegiado, colegiado, colegiada, col. nº, nº de colegiado, matrícula profesional,
cédula profesional, m.p., mn, rpps, adeli, finess, n° rpps, lanr, arztnummer, arzt-nr, arztnr,
betriebsstättennummer, bsnr, efn, crm, crm-sp, cédula profissional, ordem dos médicos, n.º da ordem,
iscrizione albo, ordine dei medici, big-nummer, big-register, big nummer, legitimationskod, förskrivarkod,
autorisations-id, autorisationsnummer, hpr-nummer, hpr-nr, sv-numero, pwz, nr pwz,
prawo wykonywania zawodu, ičz, pecsétszám, orvosi pecsét, parafa, cod parafă, diploma tescil, 医师执业证,
医師免許, 医籍番号, 면허번호
"""
CARE_DATE = """
admitted, admission, admission date, date of admission, discharged, discharge, discharge date,
date of discharge, date of death, died, died on, deceased, dod, surgery, date of surgery, operated,
procedure date, date of service, dos, seen on, seen by, visit date, next visit, last visit, appointment,
follow-up, diagnosed, diagnosis date, date of diagnosis, collected, specimen collected, vaccinated,
vaccination date, immunized, discharge summary, date of injury, onset, aufnahme, aufnahme am, aufgenommen,
entlassen, entlassung, entlassen am, verstorben, gestorben, operiert, operation am, vorgestellt,
untersucht, untersuchung, diagnostiziert, termin, todesdatum, admis, admise, hospitalisé, hospitalisée,
date d'admission, entrée le, sortie le, sortie, décédé, décédée, date de décès, opéré, opérée,
consultation, consultation du, rendez-vous, rdv, vu le, vue le, ingreso, fecha de ingreso, ingresado,
ingresó, alta, fecha de alta, fecha de fallecimiento, falleció, fallecido, intervención, intervenido,
intervenida, cita, consulta, diagnosticado, diagnosticada, internação, internado, data de internação,
alta hospitalar, óbito, falecimento, cirurgia, ricovero, ricoverato, ricoverata, dimesso, dimessa,
dimissione, data di dimissione, deceduto, deceduta, operato, visita, opname, opgenomen, ontslag,
ontslagen, overleden, geopereerd, afspraak, inskriven, utskriven, avliden, opererad, besök, indlagt,
udskrevet, innlagt, utskrevet, død, avdød, kotiutettu, kuollut, leikkaus, przyjęty, przyjęta, przyjęcia,
data przyjęcia, wypisany, wypisana, wypisu, data wypisu, zmarł, zmarła, data zgonu, operacja, wizyta,
přijat, přijata, propuštěn, propuštěna, zemřel, zemřela, operace, prijatý, prepustený, felvétel,
felvették, elbocsátás, elhunyt, műtét, internat, internată, externat, externată, decedat, decedată, yatış,
yatış tarihi, taburcu, ameliyat, muayene, ölüm tarihi, госпитализирован, поступил, поступила, выписан,
выписана, умер, умерла, операция, дата смерти, прийом, госпіталізовано, виписано, приет, изписан, починал,
εισαγωγή, εξιτήριο, απεβίωσε, χειρουργείο, אשפוז, שחרור, נפטר, ניתוח, دخول المستشفى, خروج, توفي,
عملية جراحية, 入院, 出院, 退院, 手術, 手术, 死亡, 就诊, 診察, 受診, 입원, 퇴원, 수술, 사망, 진료,
เข้ารับการรักษา, จำหน่าย, เสียชีวิต, nhập viện, xuất viện, phẫu thuật, tử vong, masuk rumah sakit,
keluar rumah sakit, meninggal, operasi
"""
CARD = """
card, cards, credit card, debit card, card number, cc, ccn, pan, visa, mastercard, amex, american express,
discover, diners, jcb, maestro, unionpay, kreditkarte, kreditkartennummer, karte, kartennummer, carte,
carte bancaire, carte bleue, carte de crédit, numéro de carte, tarjeta, tarjeta de crédito, cartão,
cartão de crédito, carta, carta di credito, creditcard, betaalkaart, kort, kortnummer, kreditkort,
luottokortti, karta, karty, numer karty, číslo karty, bankkártya, cardul, kart, kredi kartı,
kart numarası, карта, карты, карту, номер карты, картка, κάρτα, כרטיס, כרטיס אשראי, بطاقة, بطاقة ائتمان,
कार्ड, क्रेडिट कार्ड, 信用卡, 卡号, 银行卡, 信用卡號, カード, クレジットカード, カード番号, 카드,
신용카드, 카드번호, บัตรเครดิต, thẻ, thẻ tín dụng, kartu, kartu kredit
"""
CVV = """
cvv, cvv2, cvc, cvc2, cvn, card verification, security code, card security code, verification value,
prüfziffer, kartenprüfnummer, sicherheitscode, prüfnummer, code de sécurité, cryptogramme,
cryptogramme visuel, código de seguridad, código de verificación, código de segurança,
codice di sicurezza, veiligheidscode, kod cvv, kod zabezpieczający, säkerhetskod, sikkerhedskode,
turvakoodi, bezpečnostní kód, güvenlik kodu, код безопасности, κωδικός ασφαλείας, קוד אבטחה, رمز الأمان,
安全码, 安全碼, セキュリティコード, 보안코드, mã bảo mật
"""
EXPIRY = """
exp, exp., expiry, expires, expiration, exp date, expiry date, expiration date, valid thru, valid through,
valid until, good thru, gültig bis, gueltig bis, ablaufdatum, gültig, läuft ab, expire, expire le,
date d'expiration, valable jusqu, caduca, caducidad, fecha de caducidad, vencimiento, vence, válida hasta,
validade, vence em, data de validade, scadenza, scade, geldig tot, vervaldatum, utgår, giltigt till,
udløb, udløber, utløper, voimassa, ważna do, data ważności, platnost do, platná do, platnost, lejárat,
expiră, son kullanma, срок действия, действительна до, годен до, λήξη, תוקף, בתוקף עד, تاريخ الانتهاء,
صالحة حتى, समाप्ति, 有效期, 有效期限, 有効期限, 유효기간, หมดอายุ, hết hạn, berlaku hingga
"""
ACCOUNT = """
account, acct, a/c, acc, acct., account no, account number, acct no, acct number, account #, bank account,
checking, savings account, checking account, deposit account, account holder, beneficiary account, wire,
konto, kontonummer, kto, kto., konto-nr, konto-nr., kontonr, kontonr., bankkonto, bankverbindung, compte,
compte bancaire, numéro de compte, n° de compte, rib, relevé d'identité bancaire, cuenta, cuenta bancaria,
número de cuenta, nº de cuenta, n.º de cuenta, cuenta corriente, cta, cta., ccc, conta, conta bancária,
conta corrente, número da conta, agência, nib, conto, conto corrente, numero di conto, c/c, rekening,
rekeningnummer, bankrekening, bankgiro, plusgiro, clearingnummer, tilinumero, pankkitili, tili,
bankareikningur, rachunek, rachunku, numer rachunku, numer konta, konto bankowe, číslo účtu, účet, účtu,
bankovní účet, bankový účet, bankszámla, bankszámlaszám, számlaszám, cont, cont bancar, contul,
broj računa, račun, žiro račun, transakcijski račun, hesap, hesap no, hesap numarası, счет, счёт,
номер счета, расчетный счет, р/с, рахунок, номер рахунку, сметка, банкова сметка, λογαριασμός,
λογαριασμού, αριθμός λογαριασμού, חשבון, חשבון בנק, מספר חשבון, حساب, رقم الحساب, حساب بنكي, खाता,
खाता संख्या, खाता नंबर, 账号, 账户, 银行账号, 帳號, 帳戶, 口座, 口座番号, 普通口座, 계좌, 계좌번호,
เลขที่บัญชี, บัญชี, tài khoản, số tài khoản, stk, nomor rekening, no rek, no. rekening, akaunti
"""
SWIFT = """
swift, bic, swift code, swift-code, bic code, swift/bic, bic/swift, bic-code, código swift, codice bic,
code bic, código bic, swift kód, swift kodu, код swift, свифт, κωδικός swift, 银行代码, swiftコード
"""
