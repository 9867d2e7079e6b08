"""Names, places and slips of the pen from which ``generated_pairs`` draws. Nobody here is real."""

_WOMEN = """Sunita सुनीता,Anita अनीता,Gita गीता,Sita सीता,Rita रीता,Mina मीना,Rina रीना,Kavita कविता,Sabita सबिता,
Sarita सरिता,Babita बबीता,Lalita ललिता,Sangita संगीता,Sumitra सुमित्रा,Savitri सावित्री,Urmila उर्मिला,Kaushalya कौशल्या,
Parvati पार्वती,Lakshmi लक्ष्मी,Malti मालती,Phulmani फूलमनी,Champa चंपा,Manju मंजू,Anju अंजू,Sanju संजू,Asha आशा,Usha उषा,
Basanti बसंती,Budhni बुधनी,Karmi कर्मी,Tetri तेतरी,Munni मुन्नी,Devanti देवंती,Phulwa फुलवा,Jamuna जमुना,Kiran किरण,Rekha रेखा,
Pramila प्रमिला,Nirmala निर्मला,Kamala कमला,Shanti शांति,Dulari दुलारी,Sugni सुगनी,Bahamuni बाहामुनी,Talamai तालामई"""
_WOMEN_M = """Rukhsana रुखसाना,Shabnam शबनम,Nazma नाज़मा,Zubaida जुबैदा,Afrin आफरीन,Hasina हसीना,Sakina सकीना,Mehrun मेहरून,
Rehana रेहाना,Jamila जमीला,Salma सलमा,Farida फरीदा,Shahnaz शहनाज,Asma आसमा,Amina अमीना"""
_MEN = """Rajesh राजेश,Ramesh रमेश,Suresh सुरेश,Naresh नरेश,Mahesh महेश,Dinesh दिनेश,Mukesh मुकेश,Rakesh राकेश,Jagdish जगदीश,
Parmeshwar परमेश्वर,Baleshwar बालेश्वर,Kameshwar कामेश्वर,Rameshwar रामेश्वर,Mahadev महादेव,Sukhdev सुखदेव,Sahdev सहदेव,
Lakshman लक्ष्मण,Govind गोविंद,Mohan मोहन,Sohan सोहन,Teklal टेकलाल,Chetlal चेतलाल,Motilal मोतीलाल,Mangru मंगरू,Somar सोमर,
Budhan बुधन,Birju बिरजू,Bablu बबलू,Vijay विजय,Sanjay संजय,Ajay अजय,Vinod विनोद,Pramod प्रमोद,Manoj मनोज,Ashok अशोक,
Narayan नारायण,Prakash प्रकाश,Krishna कृष्णा,Bishun बिशुन,Prayag प्रयाग,Gyan ज्ञान,Rajendra राजेंद्र,Surendra सुरेंद्र,
Virendra वीरेंद्र,Mangal मंगल,Rasik रसिक,Chandu चंदू,Yogendra योगेंद्र,Sitaram सीताराम,Ganesh गणेश"""
_MEN_M = """Arif आरिफ,Salim सलीम,Wasim वसीम,Akhtar अख्तर,Faizan फैजान,Saddam सद्दाम,Arman अरमान,Yusuf यूसुफ,Imran इमरान,
Aslam असलम,Irfan इरफान,Nasir नासिर,Kalim कलीम,Jabbar जब्बार,Rashid राशिद,Shakil शकील"""
_SURNAMES = """Yadav यादव,Turi तुरी,Bhuiyan भुइयां,Ghatwar घटवार,Rana राणा,Mahto महतो,Birhor बिरहोर,Soren सोरेन,Murmu मुर्मू,
Hembrom हेम्ब्रम,Marandi मरांडी,Paswan पासवान,Ravidas रविदास,Singh सिंह,Thakur ठाकुर"""
_PLACES = """Salgadih सलगाडीह,Khairatand खैराटांड़,Bendrapahari बेंदरापहाड़ी,Jhumarbad झुमरबाद,Mahuapani महुआपानी,Belakhar बेलाखर,
Kusumghutu कुसुमघुटू,Asnapahar असनापहाड़,Narobad नारोबाद,Kendughat केंदुघाट,Murgatand मुरगाटांड़,Simartand सिमरटांड़,
Dhabatola ढाबाटोला,Barkitand बड़कीटांड़,Lokaibasti लोकाईबस्ती,Tilaiyadih तिलैयाडीह,Panchkhero पंचखेरो,Gudribagh गुदड़ीबाग,
Chandodih चंदोडीह,Nimadih नीमाडीह,Pipratand पिपराटांड़,Hesalgarha हेसलगढ़ा,Kodambari कोदंबरी,Jorasimar जोड़ासिमर"""
_TOLAS = "Upar ऊपर,Niche नीचे,Bich बीच,School स्कूल,Masjid मस्जिद,Sadak सड़क,Chowk चौक,Purab पूरब"
Named = tuple[str, str]


def _list(text: str) -> tuple[Named, ...]:
    return tuple((part.split()[0], part.split()[1]) for part in text.split(","))


WOMEN, WOMEN_M, MEN, MEN_M = (_list(text) for text in (_WOMEN, _WOMEN_M, _MEN, _MEN_M))
SURNAMES, PLACES, TOLAS = _list(_SURNAMES), _list(_PLACES), _list(_TOLAS)
LATIN_SLIPS = (
    ("v", "b"), ("w", "v"), ("b", "v"), ("sh", "s"), ("s", "sh"), ("i", "ee"), ("u", "oo"), ("a", "aa"),
    ("ksh", "x"), ("ksh", "chh"), ("ph", "f"), ("kh", "k"), ("th", "t"), ("j", "z"), ("y", "i"), ("au", "ou"),
    ("l", "ll"), ("m", "mm"), ("n", "nn"), ("o", "u"), ("e", "i"), ("bh", "b"), ("w", "b"),
)  # fmt: skip
HINDI_SLIPS = (
    ("ी", "ि"), ("ि", "ी"), ("ू", "ु"), ("ु", "ू"), ("व", "ब"), ("ब", "व"), ("श", "स"), ("ष", "श"), ("ं", "न्"),
    ("ज़", "ज"), ("ड़", "ड"), ("ण", "न"), ("ां", "ा"),
)  # fmt: skip
