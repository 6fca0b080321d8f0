"""Context words for what leads to a person: how people are reached, when born, what houses call them.

Written as people write them, in many languages; what a word proves is the table's business.
"""

from __future__ import annotations

PHONE = """
phone, phones, telephone, tel, tel., telf, tlf, tfno, tfn, tfno., telef, mobile, mobil, cell, cellphone,
cellular, call, calls, called, calling, text me, whatsapp, fax, telefax, sms, dial, dial-in, ring,
contact, reach, reachable, hotline, landline, direct line, direct dial, voicemail, msisdn, my number,
new number, his number, her number, whose number, number is, number changed, emergency contact, telefon,
telefonnummer, telefonnr, handy, handynummer, handynr, mobilnummer, mobiltelefon, rufnummer, anrufen,
rufen sie, durchwahl, erreichbar, festnetz, seine nummer, ihre nummer, meine nummer, nummer ist,
unter der nummer, zurückrufen, rückruf, téléphone, tél, portable, appeler, appelez, appelle, rappeler,
joindre, joignable, mon numéro, son numéro, numéro est, télécopie, teléfono, teléfonos, móvil, celular,
llamar, llame, llámame, llámeme, contactar, contacto, mi número, su número, número es, marcar, telefone,
telemóvel, ligar, ligue, meu número, seu número, contato, telefono, cellulare, chiamare, chiama, chiamami,
recapito, mio numero, suo numero, numero è, telefoon, telefoonnummer, mobiel, gsm, bellen, bereikbaar,
mijn nummer, ring mig, ring meg, nås på, puhelin, puhelinnumero, puh, matkapuhelin, soita, sími,
símanúmer, telefonu, tel. kom, komórka, komórkowy, numer telefonu, zadzwoń, dzwonić, mój numer,
telefonszám, mobilszám, hívjon, hívj, telefón, telefonní číslo, telefónne číslo, volejte, zavolejte,
telefonul, număr de telefon, sunați, tefelon, telefono numeris, tālrunis, broj telefona, nazovite,
telefonska številka, cep telefonu, cep tel, telefon numarası, arayın, arayabilirsiniz, телефон, тел.,
моб., мобильный, звоните, позвоните, номер телефона, мой номер, дзвоніть, мобільний, телефонен номер,
позвънете, позовите, τηλέφωνο, κινητό, καλέστε, טלפון, נייד, הטלפון, התקשרו, هاتف, جوال, موبايل, الهاتف,
رقم الهاتف, اتصل, تلفن, شماره تلفن, फ़ोन, फोन, मोबाइल, दूरभाष, ফোন, মোবাইল, 电话, 手机, 联系电话, 致电,
拨打, 传真, 電話, 手機, 携帯, 携帯電話, 電話番号, 전화, 전화번호, 휴대폰, 연락처, 핸드폰, โทร, โทรศัพท์,
มือถือ, เบอร์โทร, điện thoại, số điện thoại, sđt, telepon, nomor telepon, hubungi, nomor hp, no hp,
no. hp, simu, nambari ya simu
"""
BIRTH = """
born, born on, birth, birthdate, birthday, birth date, date of birth, dob, d.o.b, d.o.b., bday, b-day,
birthdays, geboren, geboren am, geb., geb, geburtsdatum, geburtstag, geburts, née, né le, née le,
né(e) le, naissance, date de naissance, ddn, anniversaire, nacido, nacida, nacido el, nacida el, nací,
nació, nacimiento, fecha de nacimiento, f. nacimiento, f.nacimiento, fecha nacimiento, cumpleaños,
nacido/a, nascido, nascida, nasceu, nasci, nascimento, data de nascimento, aniversário, nato il, nata il,
nascita, data di nascita, compleanno, geboortedatum, geboren op, geb. datum, verjaardag, geboortedag,
född, födelsedatum, född den, född år, fødselsdato, født, født den, fødselsdag, syntynyt, syntymäaika,
syntymäpäivä, fæddur, fæddist, fæðingardagur, urodzony, urodzona, ur., data urodzenia, urodził, urodziła,
urodziny, narozen, narozena, datum narození, narodený, narodená, dátum narodenia, született,
születési dátum, születési idő, szül., născut, născută, data nașterii, data naşterii, rođen, rođena,
datum rođenja, rojen, rojena, datum rojstva, sünniaeg, sündinud, dzimšanas datums, dzimis, gimimo data,
gimęs, doğum, doğum tarihi, doğumlu, родился, родилась, рождения, дата рождения, народився, народилась,
дата народження, роден, родена, рођен, датум рођења, γεννήθηκε, γέννησης, ημερομηνία γέννησης, נולד,
נולדה, תאריך לידה, تاريخ الميلاد, مواليد, ولد, ولدت, متولد, تاریخ تولد, जन्म, जन्म तिथि, जन्मतिथि,
जन्म तारीख, জন্ম তারিখ, 出生, 生日, 出生日期, 生年月日, 誕生日, 生まれ, 생년월일, 생일, 출생, เกิดวันที่,
วันเกิด, ngày sinh, sinh ngày, tanggal lahir, lahir, tgl lahir, tarehe ya kuzaliwa, né en, né à, née à,
née en, nato a, nata a
"""
AGE = """
age, aged, age:, patient age, alter, âge, âgé de, âgée de, âgé, âgée, edad, idade, età, leeftijd, ålder,
alder, ikä, aldur, wiek, věk, vek, életkor, vârsta, vârstă, starost, yaş, yaşı, возраст, вік, възраст,
ηλικία, גיל, بعمر, العمر, عمر, आयु, उम्र, 年龄, 年齡, 年齢, 나이, 연령, อายุ, tuổi, umur, usia, umri
"""
EMPLOYEE = """
employee, employee id, employee no, employee number, employee #, emp id, emp no, empid, employeeid, emp#,
staff id, staff no, staff number, personnel, personnel no, personnel number, personnel id, payroll,
payroll no, payroll number, worker id, worker number, badge, badge no, badge number, badge id,
clock number, mitarbeiter, mitarbeiternummer, mitarbeiter-nr, mitarbeiter-id, personalnummer, personal-nr,
personalnr, matricule, numéro de salarié, n° salarié, identifiant salarié, empleado, número de empleado,
nº de empleado, nº empleado, legajo, nómina, funcionário, matrícula funcional, número mecanográfico,
dipendente, matricola, numero dipendente, werknemer, personeelsnummer, medewerkersnummer,
anställningsnummer, anställningsnr, medarbejdernummer, ansattnummer, henkilönumero, työntekijänumero,
numer pracownika, nr pracownika, pracownik, osobní číslo, zaměstnanecké číslo, dolgozói azonosító,
törzsszám, angajat, marcă, sicil no, personel no, çalışan, табельный номер, таб. номер, сотрудник,
табельний номер, служебен номер, αριθμός εργαζομένου, מספר עובד, رقم الموظف, कर्मचारी, 工号, 员工,
员工编号, 員工編號, 社員番号, 従業員, 사번, 사원번호, 직원번호, รหัสพนักงาน, mã nhân viên, nik karyawan,
nomor induk pegawai, nip pegawai, assigned to
"""
CUSTOMER = """
customer, customer id, customer no, customer number, customer #, customerid, cust id, cust no, client id,
client no, client number, clientid, user id, member since, loyalty number, loyalty card, frequent flyer,
subscriber number, account id, crm id, kunde, kunden, kundin, kundennummer, kunden-nr, kundennr,
kunden-nr., kunden-id, kd-nr, kdnr, mandantennummer, numéro client, numéro de client, n° client,
n° de client, code client, référence client, cliente, número de cliente, nº de cliente, nº cliente,
n.º de cliente, id de cliente, código de cliente, número do cliente, codice cliente, numero cliente,
klant, klantnummer, klantnr, kundnummer, kundnr, kundenummer, kundenr, asiakas, asiakasnumero,
viðskiptamaður, numer klienta, nr klienta, klient, číslo zákazníka, zákaznické číslo, zákazník, ügyfél,
ügyfélszám, ügyfélazonosító, cod client, client nr, broj kupca, müşteri, müşteri no, müşteri numarası,
клиент, номер клиента, клієнт, номер клієнта, клиентски номер, πελάτης, κωδικός πελάτη, מספר לקוח, لקوח,
رقم العميل, عميل, ग्राहक, ग्राहक संख्या, 客户号, 客户编号, 客戶編號, 顧客番号, お客様番号, 고객번호,
고객 id, รหัสลูกค้า, mã khách hàng, nomor pelanggan, id pelanggan
"""
STUDENT = """
student id, student no, student number, studentid, pupil number, upn, uln, enrollment no,
enrolment number, matrikelnummer, matrikel-nr, matr.-nr, immatrikulationsnummer, schülernummer,
numéro étudiant, n° étudiant, ine, número de estudiante, nº de expediente, número de aluno,
matrícula do aluno, matricola, numero di matricola, studentennummer, studentnummer, studienummer,
opiskelijanumero, numer albumu, nr albumu, číslo studenta, hallgatói azonosító, neptun, öğrenci no,
öğrenci numarası, номер студенческого, зачетная книжка, студентський квиток, факултетен номер,
αριθμός μητρώου φοιτητή, מספר סטודנט, رقم الطالب, 学号, 學號, 学籍番号, 学生番号, 학번, รหัสนักศึกษา,
mã số sinh viên, mssv, nim, nomor induk mahasiswa
"""
USERNAME = """
username, user name, user, userid, login, logged in as, log in as, login name, screen name, handle,
account name, nickname, user handle, benutzer, benutzername, nutzername, nutzer, anmeldename, utilisateur,
nom d'utilisateur, l'utilisateur, identifiant, pseudo, usuario, nombre de usuario, el usuario, utilizador,
nome de usuário, usuário, nome utente, utente, gebruiker, gebruikersnaam, användarnamn, användare,
brugernavn, brukernavn, bruger, käyttäjä, käyttäjätunnus, notandanafn, użytkownik, nazwa użytkownika,
uživatel, uživatelské jméno, používateľ, felhasználó, felhasználónév, utilizator, nume de utilizator,
korisnik, korisničko ime, uporabniško ime, kullanıcı, kullanıcı adı, пользователь, логин,
имя пользователя, користувач, логін, потребител, потребителско име, корисничко име, χρήστης, όνομα χρήστη,
שם משתמש, משתמש, اسم المستخدم, المستخدم, उपयोगकर्ता, 用户名, 账户名, 使用者名稱, ユーザー名, ログインid,
사용자, 아이디, ชื่อผู้ใช้, tên đăng nhập, tên người dùng, nama pengguna, jina la mtumiaji
"""
SITE = """
my site, my website, website, web site, homepage, home page, web page, my page, profile, my blog, blog,
portfolio, personal site, linkedin, facebook, instagram, twitter, github, my link, webseite, meine seite,
internetseite, profil, mon site, site web, mon blog, site personnel, mi página, página web, mi sitio,
sitio web, mi web, meu site, página pessoal, mio sito, sito web, mijn website, hemsida, hjemmeside,
nettside, kotisivu, verkkosivu, vefsíða, strona, moja strona, stránky, webové stránky, honlap, weboldal,
pagina mea, web sitem, kişisel site, сайт, мой сайт, профиль, страница, мій сайт, ιστοσελίδα, προφίλ, אתר,
פרופיל, موقع, الموقع, प्रोफ़ाइल, वेबसाइट, 主页, 网站, 个人主页, ホームページ, サイト, プロフィール,
홈페이지, 블로그, 프로필, เว็บไซต์, trang web, trang cá nhân, situs, profil saya
"""
POSTCODE = """
postcode, post code, postal code, zip, zip code, zipcode, zip-code, zip/postal, postleitzahl, plz,
code postal, cp, c.p., código postal, cod. postal, cep, cap, codice postale, postnummer, postnr,
postinumero, póstnúmer, kod pocztowy, psč, irányítószám, cod poștal, poštanski broj, poštna številka,
sihtnumber, pasta indekss, pašto kodas, posta kodu, индекс, почтовый индекс, поштовий індекс,
пощенски код, ταχυδρομικός κώδικας, τ.κ., מיקוד, الرمز البريدي, पिन कोड, पिनकोड, pin code, pincode, 邮编,
邮政编码, 郵遞區號, 郵便番号, 우편번호, รหัสไปรษณีย์, mã bưu điện, mã bưu chính, kode pos
"""
