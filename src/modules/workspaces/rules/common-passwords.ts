import { normaliseText } from '../../../shared/arabic.ts'

// Written by hand for this program from what is generally known of breached lists, their rankings and their habits in
// English- and Arabic-speaking countries; no list was copied. Since a password has at least ten characters, what counts
// is the words that people stretch to that length: `faultOfPassword` takes figures and signs off and words apart.
// prettier-ignore
const english = `
  password passwort passwords passw passwd pass word passcode passphrase passkey changeme changeit change letmein login
  logmein logon signin welcome welcomeback hello helloworld hi admin administrator administrador root superuser superadmin
  user username guest default master system server support manager test testing tester temp temporary demo example sample
  secret secrets topsecret private access control security secure letme enter open opensesame sesame nothing whatever
  unknown none null blank asdf qwerty qwert qwer azerty qwertz zxcvbn zxcvbnm asdfgh asdfghjkl qazwsx qwertyuiop abc abcd
  abcde abcdef abcdefg abcdefgh aaa xxx iloveyou ilove iloveu ily loveyou loveme lovely lover love luv you me my mine
  forever always together baby babe babygirl babyboy honey sweetheart sweety sweet sugar angel princess prince queen king
  kitty kitten hellokitty pretty beautiful gorgeous cutie cute flower rose sunshine sunflower rainbow star stars moon sun
  butterfly dolphin tiger tigers lion lions eagle eagles falcon wolf monkey dragon horse dog doggy cat pussycat panther
  bear panda rabbit chicken turtle spider snake shark football soccer baseball basketball hockey tennis golf cricket
  cowboys yankees lakers steelers arsenal liverpool chelsea manchester manutd united realmadrid madrid barcelona barca
  juventus milan bayern ronaldo messi neymar beckham batman superman spiderman ironman hulk avengers pokemon pikachu
  naruto sasuke goku vegeta dragonball starwars starwar startrek matrix gandalf hobbit harrypotter potter hogwarts merlin
  minecraft fortnite roblox playstation xbox nintendo mario counter strike gamer game games player killer hunter ranger
  ninja samurai warrior soldier legend hero champion winner number one trustno trustnoone money dollar cash gold golden
  silver diamond rich million bitcoin crypto wallet bank banking business company office work job boss computer internet
  laptop desktop windows microsoft apple iphone ipad android samsung galaxy nokia google gmail yahoo hotmail outlook
  facebook instagram twitter youtube whatsapp telegram snapchat tiktok linkedin amazon netflix spotify adobe photoshop
  wordpress cisco oracle mysql postgres linux ubuntu debian docker github wifi internetwifi network router mercedes
  ferrari porsche lamborghini mustang corvette camaro toyota honda nissan yamaha harley summer winter spring autumn fall
  january february march april may june july august september october november december monday tuesday wednesday
  thursday friday saturday sunday today tomorrow birthday happy happiness smile lucky luck blessed blessing jesus christ
  god godisgood faith hope heaven freedom peace victory power energy magic mystery cookie cookies chocolate cheese pizza
  banana orange strawberry cherry pepper coffee whiskey vodka music guitar piano rock metallica nirvana slipknot eminem
  beatles michael jordan jennifer jessica ashley amanda nicole daniel david andrew anthony robert thomas charlie charles
  george william james john joshua matthew jason justin christian alexander alex samantha hannah sophie sarah michelle
  melissa maggie buddy bailey shadow jackson johnny ginger buster lucy molly bella max rocky coco hannibal corona covid
  england america usa canada london newyork paris france germany italy spain brazil mexico india pakistan africa texas
  california florida chicago boston dallas school college university student teacher doctor family mother father mom dad
  mommy daddy brother sister friend friends bestfriend children wife husband super mega ultra cool awesome best great
  good bad black white red blue green yellow purple pink fuck fuckyou fuckoff fucker shit bitch asshole sexy sex naked
  creative creator store shop shopping market seller rafid passion phoenix thunder lightning storm ocean river mountain
  snow snowball fire water earth wind summertime stranger nobody somebody please thankyou thanks sorry goodluck goodbye
  spongebob cheerleader cheer leader tinkerbell bubble bubblegum gum volleyball handball ball water watermelon blueberry
  blackberry raspberry berry lollipop candy unbelievable blink motherlode nightmare dream dreams dreamer night day light
  dark skateboard skate board surf snowboard snoopy tigger garfield mickey mouse minnie donald duck disney simba nemo elsa
  justin bieber onedirection one direction taylor swift beyonce shakira rihanna drake gangster gangsta thug player call of
  duty callofduty assassin assassins creed warcraft starcraft craft league legends legend zelda sonic halo doom quake
  morning goodmorning goodnight life lifeisgood is the a an my name mynameis who what when where why how can will shall
  live laugh work hard play fun funny happy sad crazy lazy busy daddys mommys girl girls boy boys lady man woman men kid
  kids christopher christina elizabeth valentina alejandro alejandra maximilian brandon nicholas benjamin patrick richard
  edward henry oliver oscar samuel simon stephen steven timothy victor vincent peter paul philip martin lucas leonardo
  gabriel miguel carlos fernando antonio eduardo francesco giovanni caroline catherine charlotte chloe claire diana emily
  emma grace isabella julia juliana karen katherine kimberly laura lauren linda lisa margaret maria mary monica natalie
  natasha olivia patricia rachel rebecca sabrina sandra sophia stephanie susan theresa vanessa veronica victoria vivian
  account accounts email mail online offline website web site server servers network networks cloud data database backup
  secure secured safe safety lock locked unlock unlocked key keys door house home office manager director boss ceo admins
  new old first last second third next best worst top north south east west left right up down in out on off yes no
  correcthorsebatterystaple thisisapassword thisismypassword mypassword yourpassword newpassword oldpassword nopassword
  passwordpassword ihateyou idontknow dontknow iforgot forgot remember anything everything something`

// prettier-ignore
const arabicInLatin = `
  mohammed mohammad mohamed muhammad mohamad mohamd mahmoud mahmood ahmed ahmad hamada ali omar umar othman osman khaled
  khalid hassan hussein hussain ibrahim youssef yousef yusuf mustafa mostafa abdullah abdallah abdulrahman abdelrahman
  abdulaziz abdo saad saeed said salem salim salman sultan faisal fahad fahd bandar turki nasser naser majed majid waleed
  walid tarek tariq hamza karim kareem amr amir ameer samir sami rami ziad zaid bilal anas osama hisham ashraf adel fatima
  fatma fatimah aisha aysha maryam mariam khadija noor nour noura nora sara sarah layla laila salma yasmin yasmine hala
  huda mona rana reem rim dina heba rania lina lama hanan amal amira jana malak allah allahu allahakbar akbar bismillah
  alhamdulillah hamdulillah subhanallah mashallah mashaallah inshallah inshaallah lailahaillallah astaghfirullah islam
  muslim quran ramadan mekka makkah madinah madina kaaba alquds quds jerusalem palestine falasteen filasteen gaza syria
  sooria damascus aleppo iraq baghdad egypt masr misr cairo alexandria alahly ahly zamalek saudi ksa riyadh jeddah hilal
  alhilal nassr alnassr ittihad alittihad kuwait qatar doha emirates dubai abudhabi bahrain oman muscat yemen sanaa
  jordan amman lebanon beirut lubnan morocco maroc casablanca algeria algerie dzair tunisia tunis libya sudan khartoum
  habibi habibti habib habiba hayati omri rohi albi qalbi bahebak bahebek bahibak ahebak ahebek uhibbuk hob ishq baba mama
  ummi abi ommi marhaba ahlan salam salaam assalam alsalam alaikum salamalaikum shukran yalla wallah khalas sabah sahar
  zainab zaynab zeinab ruqayya rokaya sumaya sumayya shahd ghada samar sahar nada manal dalal asma iman eman doaa israa
  alaa esraa hagar hajar rahma rawan tala joud jood jawad hashem hakim jamal gamal jalal nabil nadia fadi fares faris
  firas ghassan haitham hazem hossam husam ihab ehab imad emad islam kamal kamil loay luay maher mazen mazin moaz muath
  mohannad muhannad osman qasim qassim raed rashid rasheed rida reda sherif sharif sufyan suhail talal tamer wael wissam
  yahya yasser yasin yassin zakaria zain zayn laa ilaaha illa illallah muhammadrasulullah rasul rasulullah nabi vision
  qamar shams amal hayat dunya jannah sabr rabb yarab yarabb yallah masha`

// prettier-ignore
const arabic = `
  محمد احمد محمود علي عمر عثمان خالد حسن حسين ابراهيم يوسف مصطفى عبدالله عبدالرحمن عبدالعزيز سعد سعيد سالم سلمان سلطان
  فيصل فهد بندر تركي ناصر ماجد وليد طارق حمزة كريم امير سامي رامي زياد زيد بلال انس اسامة فاطمة عائشة مريم خديجة نور نورة
  سارة ليلى سلمى ياسمين هالة هدى منى رنا ريم دينا هبة رانيا لينا حنان امل اميرة ملك الله اكبر اللهاكبر والله بسم بسمالله
  بسماللهالرحمنالرحيم الرحمن الرحيم الحمدلله الحمد سبحانالله سبحان ماشاءالله انشاءالله لاالهالاالله لااله الاالله
  محمدرسولالله رسولالله رسول استغفرالله استغفر اسلام الاسلام مسلم قران القران رمضان مكة المدينة الكعبة القدس فلسطين غزة
  سوريا دمشق حلب العراق بغداد مصر القاهرة الاسكندرية الاهلي الزمالك السعودية الرياض جدة الهلال النصر الاتحاد الكويت قطر
  الدوحة الامارات دبي ابوظبي البحرين عمان اليمن صنعاء الاردن لبنان بيروت المغرب الجزائر تونس ليبيا السودان الخرطوم حبيبي
  حبيبتي حبيب حياتي عمري روحي قلبي بحبك احبك حب عشق بابا ماما امي ابي مرحبا مرحبابك اهلا اهلاوسهلا وسهلا سلام السلام
  عليكم السلامعليكم شكرا صباح الخير صباحالخير مساء مساءالخير قمر شمس امل حياة دنيا جنة الجنة صبر الصبر يارب يالله رب ربي
  كلمة السر المرور كلمةالسر كلمةالمرور كلمةسر سر سري باسورد باسوورد مرور دخول تسجيل تسجيلالدخول مدير المدير مسؤول مستخدم
  ادمن سيرفر نظام اختبار تجربة جديد جديدة مفتاح افتح ياسمسم افتحياسمسم سمسم لااعرف نسيت نسيتها لاشيء اسد نمر نسر صقر ملكة
  اميرتي وردة ورد زهرة قطة كلب ميسي رونالدو برشلونة ريال مدريد ريالمدريد متجر المتجر متجري رافد شركة مدرسة جامعة طالب معلم
  دكتور مهندس عائلة عائلتي اخي اختي صديق صديقي اصدقاء ذهب فضة فلوس مال دينار درهم دولار حرية الحرية وطن وطني الوطن ثورة`

/** Words that passwords are commonly made of, in the normal form of search. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  [english, arabicInLatin, arabic].flatMap((words) => words.trim().split(/\s+/)).map(normaliseText),
)
