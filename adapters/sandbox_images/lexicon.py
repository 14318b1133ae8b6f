"""Words that the sandbox understands, in the product's languages, as data.

Owns which word means which mood, ground, weather, colour and motif. Must never learn how any of them is
painted. Latin words are matched whole, others (Chinese, Japanese, Korean, Arabic) anywhere.
"""

from __future__ import annotations

MOODS = {
    "dusk": (
        "dusk sunset evening twilight 黄昏 傍晚 日落 夕阳 夕陽 夕焼け 夕暮れ 노을 석양 황혼 atardecer "
        "crepúsculo abenddämmerung sonnenuntergang crépuscule entardecer غروب"
    ),
    "dawn": (
        "dawn sunrise daybreak 黎明 日出 拂晓 朝焼け 夜明け 새벽 일출 amanecer morgendämmerung "
        "sonnenaufgang aube amanhecer شروق فجر"
    ),
    "night": ("night midnight nighttime moonlight moonlit starry 夜 晚上 星空 밤 noche nacht nuit noite ليل"),
    "storm": (
        "storm stormy tempest thunder thunderstorm lightning hurricane 暴风雨 暴風雨 雷 嵐 폭풍 번개 "
        "tormenta sturm gewitter orage tempête tempestade عاصفة"
    ),
    "fog": "fog foggy mist misty haze hazy 雾 霧 안개 niebla nebel brouillard brume neblina ضباب",
    "winter": (
        "snow snowy winter snowfall blizzard ice icy frozen christmas 雪 冬 눈 겨울 nieve invierno "
        "nevado schnee winterlich neige hiver neve inverno ثلج شتاء"
    ),
    "autumn": "autumn fall autumnal october 秋 가을 otoño herbst automne outono خريف",
    "spring": (
        "spring springtime blossom blossoms cherry sakura 春 樱花 桜 봄 벚꽃 primavera frühling "
        "printemps ربيع"
    ),
    "desert": "desert dune dunes sahara cactus 沙漠 砂漠 사막 desierto wüste désert deserto صحراء",
    "space": (
        "space galaxy cosmos cosmic nebula planet planets astronaut mars 太空 宇宙 银河 우주 espacio "
        "galaxia weltraum espace espaço فضاء"
    ),
    "deep": "underwater seabed reef coral aquarium 海底 水中 바닷속 submarino unterwasser",
    "neon": "neon cyberpunk synthwave futuristic 霓虹 赛博朋克 ネオン 네온",
    "golden": "golden warm summer 金色 夏 여름 verano sommer été verão صيف",
    "morning": "morning breakfast 早晨 早上 朝 아침 mañana morgen matin manhã صباح",
    "day": ("day noon sunny daylight sunshine 白天 晴 昼 낮 맑은 soleado sonnig ensoleillé ensolarado مشمس"),
}

GROUNDS = {
    "sea": (
        "sea ocean coast coastal shore beach harbour harbor lighthouse boat ship sailboat sail island "
        "lake river wave waves bay whale 海 湖 河 灯塔 燈塔 船 港 灯台 바다 호수 배 등대 mar océano "
        "playa faro barco lago meer strand leuchtturm boot schiff mer phare bateau plage navire farol "
        "praia بحر منارة قارب سفينة"
    ),
    "city": (
        "city town skyline street downtown tokyo york london metropolis skyscraper skyscrapers "
        "cyberpunk 城市 街 都市 도시 거리 ciudad calle stadt straße ville rue cidade rua مدينة شارع"
    ),
    "forest": "forest woods woodland jungle pines 森林 树林 森 숲 bosque wald forêt floresta غابة",
    "mountains": (
        "mountain mountains alps alpine peak peaks himalaya fuji 山 산 montaña montañas berg berge "
        "montagne montagnes montanha جبل جبال"
    ),
    "desert": ("desert dune dunes sahara cactus pyramid 沙漠 砂漠 사막 desierto wüste désert deserto صحراء"),
    "space": (
        "space galaxy cosmos nebula astronaut mars moonscape 太空 宇宙 우주 espacio weltraum espace "
        "espaço فضاء"
    ),
    "deep": "underwater seabed reef coral aquarium 海底 水中 바닷속",
    "room": (
        "room indoors interior kitchen desk table sofa studio café cafe office window logo icon "
        "sticker mascot 房间 室内 部屋 방 habitación zimmer chambre sala غرفة"
    ),
    "meadow": (
        "field fields meadow garden farm park lawn grass prairie village 草地 花园 花園 田 庭 들판 "
        "정원 campo jardín wiese garten jardin champ jardim حديقة حقل"
    ),
}

WEATHER = {
    "rain": (
        "rain rainy raining drizzle storm stormy thunderstorm 雨 嵐 暴风雨 비 폭풍 lluvia regen sturm "
        "pluie orage chuva مطر عاصفة"
    ),
    "snow": "snow snowy snowing snowfall blizzard winter 雪 눈 nieve schnee neige neve ثلج",
    "lightning": (
        "lightning thunder thunderstorm storm stormy 闪电 雷 雷雨 稲妻 번개 rayo blitz gewitter "
        "éclair raio برق"
    ),
    "fog": "fog foggy mist misty 雾 霧 안개 niebla nebel brouillard brume neblina ضباب",
    "stars": (
        "star stars starry night midnight space galaxy cosmos 星 星空 夜 별 밤 estrellas noche sterne "
        "nacht étoiles nuit estrelas noite نجوم ليل"
    ),
}

COLOUR_WORDS = {
    "red": (
        "red scarlet crimson 红 紅 赤 빨간 빨강 rojo roja rot rote roten roter rotes rouge vermelho "
        "vermelha أحمر حمراء"
    ),
    "orange": "orange 橙 橘 オレンジ 주황 naranja laranja برتقالي",
    "yellow": ("yellow 黄 黃 노란 노랑 amarillo amarilla gelb gelbe gelben jaune amarelo amarela أصفر صفراء"),
    "green": "green emerald 绿 緑 綠 초록 녹색 verde grün grüne grünen vert verte أخضر خضراء",
    "teal": "teal turquoise cyan 青绿 청록 türkis",
    "blue": "blue azure navy 蓝 藍 青 파란 파랑 azul blau blaue blauen bleu bleue أزرق زرقاء",
    "purple": "purple violet magenta 紫 보라 morado violeta lila violett pourpre roxo roxa بنفسجي",
    "pink": "pink rose 粉 ピンク 분홍 rosa وردي",
    "brown": "brown 棕 褐 茶色 갈색 marrón braun marron marrom بني",
    "black": "black 黑 黒 검은 검정 negro negra schwarz schwarze noir noire preto preta أسود سوداء",
    "white": "white 白 흰 하얀 blanco blanca weiß weiße blanc blanche branco branca أبيض بيضاء",
    "grey": "grey gray 灰 회색 gris grau cinza رمادي",
    "gold": "gold 金 금색 dorado gold-coloured doré dourado ذهبي",
    "silver": "silver 银 銀 은색 plateado silbern argenté prateado فضي",
}

MOTIFS = {
    "lighthouse": "lighthouse 灯塔 燈塔 灯台 등대 faro leuchtturm phare farol منارة فنار",
    "house": (
        "house home cottage cabin hut villa barn farm shop bakery cafe café 房子 房屋 小屋 家 집 casa "
        "haus maison بيت منزل"
    ),
    "castle": "castle palace fortress 城堡 宫殿 城 성 castillo schloss burg château castelo قلعة",
    "tower": "tower skyscraper 塔 タワー 탑 torre turm برج",
    "windmill": "windmill mill 风车 風車 풍차 molino windmühle moulin moinho طاحونة",
    "tent": "tent camping camp 帐篷 テント 텐트 tienda zelt tente barraca خيمة",
    "tree": "tree oak 树 樹 木 나무 árbol baum arbre árvore شجرة",
    "pine": "pine fir spruce christmas 松 杉 소나무 pino tanne sapin pinheiro صنوبر",
    "cactus": "cactus cacti 仙人掌 サボテン 선인장 kaktus صبار",
    "flower": (
        "flower flowers rose tulip tulips sunflower daisy bouquet 花 꽃 flor flores blume blumen "
        "fleur fleurs زهرة ورد"
    ),
    "mushroom": "mushroom mushrooms toadstool 蘑菇 きのこ 버섯 seta pilz champignon cogumelo فطر",
    "boat": (
        "boat sailboat ship sail yacht 船 帆船 舟 배 돛단배 barco velero boot schiff segelboot bateau "
        "voilier navire قارب سفينة"
    ),
    "cat": "cat cats kitten kitty 猫 貓 ネコ 고양이 gato gata katze chaton قط قطة",
    "dog": "dog dogs puppy corgi 狗 犬 개 강아지 perro hund chien cachorro cão كلب",
    "bird": "bird birds seagull seagulls gull swallow 鸟 鳥 새 pájaro vogel oiseau pássaro طائر",
    "fish": "fish goldfish koi 鱼 魚 물고기 pez fisch poisson peixe سمك سمكة",
    "whale": "whale 鲸 鯨 クジラ 고래 ballena wal baleine baleia حوت",
    "fox": "fox 狐狸 狐 キツネ 여우 zorro fuchs renard raposa ثعلب",
    "rabbit": "rabbit bunny hare 兔 うさぎ 토끼 conejo hase kaninchen lapin coelho أرنب",
    "penguin": "penguin penguins 企鹅 企鵝 ペンギン 펭귄 pingüino pinguin manchot pinguim بطريق",
    "robot": "robot robots android bot 机器人 機器人 ロボット 로봇 roboter روبوت",
    "rocket": "rocket spaceship spacecraft 火箭 ロケット 로켓 cohete rakete fusée foguete صاروخ",
    "astronaut": (
        "astronaut cosmonaut 宇航员 太空人 宇宙飛行士 우주비행사 astronauta raumfahrer astronaute رائد"
    ),
    "planet": "planet planets saturn mars jupiter 行星 惑星 행성 planeta planète كوكب",
    "balloon": "balloon balloons hot-air 气球 氣球 気球 풍선 globo ballon balão بالون",
    "kite": "kite kites 风筝 風箏 凧 연날리기 cometa drachen pipa طائرة",
    "plane": "plane airplane aeroplane jet 飞机 飛機 飛行機 비행기 avión flugzeug avion avião",
    "car": "car cars taxi van 汽车 汽車 車 자동차 coche auto voiture carro سيارة",
    "bicycle": "bicycle bike cyclist 自行车 自行車 自転車 자전거 bicicleta fahrrad vélo دراجة",
    "umbrella": (
        "umbrella umbrellas parasol 伞 傘 雨伞 雨傘 우산 paraguas regenschirm schirm parapluie guarda-chuva "
        "sombrinha مظلة"
    ),
    "bench": "bench 长椅 ベンチ 벤치 banco parkbank مقعد",
    "lantern": (
        "lantern lamp lamppost streetlight 灯笼 燈籠 提灯 등불 farola laterne lanterne lanterna فانوس مصباح"
    ),
    "campfire": "campfire bonfire fire 篝火 火 焚き火 모닥불 fogata lagerfeuer feu fogueira نار",
    "cup": (
        "cup mug coffee tea cocoa espresso latte 咖啡 茶 杯 コーヒー 커피 차 café taza kaffee tasse "
        "xícara قهوة شاي"
    ),
    "cake": "cake cupcake birthday 蛋糕 ケーキ 케이크 tarta pastel kuchen torte gâteau bolo كعكة",
    "book": "book books library reading 书 書 本 책 libro buch livre livro كتاب",
    "gift": "gift present 礼物 禮物 プレゼント 선물 regalo geschenk cadeau presente هدية",
    "hat": "hat 帽子 모자 sombrero chapeau chapéu قبعة",
    "heart": "heart hearts love valentine 心 愛 爱 하트 사랑 corazón herz cœur coração قلب",
    "star": "star 星形 estrella stern étoile estrela نجمة",
    "moon": "moon 月 月亮 달 luna mond lune lua قمر",
    "sun": "sun 太阳 太陽 태양 해님 sol sonne soleil شمس",
    "cloud": "cloud clouds cloudy 云 雲 구름 nube wolke nuage nuvem سحاب غيوم",
    "rainbow": "rainbow 彩虹 虹 무지개 arcoíris regenbogen arc-en-ciel arco-íris قوس",
    "snowman": "snowman 雪人 雪だるま 눈사람 schneemann",
}

LOOKS = {
    "mono": "monochrome greyscale grayscale black-and-white b&w 黑白 モノクロ 흑백 schwarzweiß",
    "sepia": "sepia vintage retro nostalgic 复古 懐かしい 빈티지 antiguo",
    "pixels": "pixel pixelated pixelart pixel-art 8-bit 像素 ドット 픽셀",
    "watercolour": (
        "watercolour watercolor painting painted painterly oil aquarelle acuarela aquarell 水彩 油画 수채화"
    ),
    "sketch": (
        "sketch pencil drawing outline lineart 素描 铅笔 スケッチ 스케치 boceto skizze croquis esboço"
    ),
    "poster": "poster posterized flat pop-art 海报 ポスター 포스터",
    "brighter": "brighter bright lighten lighter 更亮 明るく 밝게 heller",
    "darker": "darker dark darken dim 更暗 暗く 어둡게 dunkler",
    "warmer": "warmer cozy cosy 温暖 暖かく 따뜻하게 wärmer",
    "cooler": "cooler cold colder 冷色 冷たく 차갑게 kälter",
    "softer": "softer soft blur blurry blurred dreamy 柔和 模糊 ぼかし 흐리게",
    "vivid": "vivid vibrant colourful colorful saturated 鲜艳 鮮やか 선명하게 bunt",
}

REMOVALS = (
    "remove delete without erase drop 去掉 删除 移除 刪除 消して 取り除 없애 제거 quita elimina "
    "entferne enlève supprime retire remova احذف أزل"
)

PLACES = {
    "left": "left 左 왼쪽 izquierda links gauche esquerda يسار",
    "right": "right 右 오른쪽 derecha rechts droite direita يمين",
    "middle": "middle center centre centered 中间 中央 중앙 centro mitte milieu meio وسط",
    "top": "sky above top overhead 天空 空 하늘 cielo himmel ciel céu سماء",
    "bottom": "ground floor bottom water sea grass below 地面 水面 땅 suelo boden sol chão أرض",
}

SKY_WORDS = "sky 天空 空 하늘 cielo himmel ciel céu سماء"

GROUND_WORDS = (
    "ground grass sea water ocean land floor 地面 草地 海 水 바다 땅 suelo mar hierba boden meer gras "
    "mer herbe chão grama بحر أرض"
)

MORE_WORDS = (
    "also another second too extra 再 另 还 還 もう 또 también otro auch noch aussi encore também "
    "outro أيضا آخر"
)

LIT_SIGN_WORDS = "neon 霓虹 ネオン 네온 glowing"
