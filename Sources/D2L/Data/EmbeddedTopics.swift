extension EmbeddedCorpus {
  /// A subject with the words that belong to it and to no other topic.
  public struct Topic: Sendable, Equatable {
    /// What the words are about.
    public let name: String
    /// The words, from the most to the least frequent.
    public let words: [String]

    init(_ name: String, _ words: String) {
      self.name = name
      self.words = words.split(separator: " ").map(String.init)
    }
  }

  /// The planted topics: words of one topic share sentences, words of two never do.
  public static let topics: [Topic] = [
    Topic(
      "kitchen",
      "oven flour butter recipe onion garlic kettle simmer spoon bake dough pepper saucepan "
        + "skillet whisk vinegar roast sugar ladle cinnamon"),
    Topic(
      "sea",
      "ship harbour sailor tide wave anchor mast deck captain coast vessel lighthouse reef hull "
        + "rudder seagull dolphin starboard gale lagoon"),
    Topic(
      "music",
      "violin orchestra melody piano chord concert composer rhythm flute symphony choir opera "
        + "cello sonata trumpet tempo quartet soprano conductor lyric"),
    Topic(
      "medicine",
      "doctor patient hospital nurse fever surgery diagnosis vaccine dose clinic symptom surgeon "
        + "infection therapy tablet bandage antibiotic pulse physician remedy"),
    Topic(
      "law",
      "court judge lawyer trial jury verdict witness statute plaintiff appeal attorney testimony "
        + "defendant lawsuit prosecutor clause tribunal subpoena bail felony"),
    Topic(
      "astronomy",
      "star planet telescope galaxy orbit comet moon nebula eclipse astronomer asteroid meteor "
        + "supernova constellation satellite observatory quasar lunar crater parallax"),
    Topic(
      "garden",
      "rose soil seed tulip hedge lawn prune bloom compost shovel orchid weed mulch petal trellis "
        + "daisy greenhouse gardener shrub lavender"),
    Topic(
      "railway",
      "train station track locomotive platform carriage timetable signal rail engine "
        + "passenger freight junction tunnel tram siding buffer viaduct sleeper gauge"),
    Topic(
      "weather",
      "rain cloud storm wind snow thunder forecast frost humidity sunshine drizzle fog hail "
        + "lightning barometer breeze blizzard temperature drought monsoon"),
    Topic(
      "computing",
      "computer processor memory software keyboard program algorithm compiler database server "
        + "monitor byte debugger chip laptop kernel pixel router spreadsheet cursor"),
    Topic(
      "football",
      "goal striker referee penalty pitch midfielder goalkeeper league stadium kick tackle coach "
        + "offside dribble header fixture substitute defender cup relegation"),
    Topic(
      "painting",
      "canvas brush portrait easel pigment gallery fresco watercolour palette painter sketch "
        + "landscape varnish mural charcoal exhibition pastel sculptor collage frame"),
    Topic(
      "banking",
      "bank loan interest deposit mortgage credit account cashier dividend bond broker currency "
        + "investor ledger inflation stock treasury audit overdraft collateral"),
    Topic(
      "farming",
      "farmer wheat tractor barn harvest cattle plough pasture sheep barley hay orchard dairy "
        + "fence acre poultry silo livestock maize goat"),
    Topic(
      "aviation",
      "pilot aircraft runway cockpit wing altitude airport propeller glider turbulence airline "
        + "takeoff fuselage hangar helicopter parachute airstrip jet aileron navigator"),
    Topic(
      "chemistry",
      "acid molecule reaction beaker solvent catalyst oxygen compound chemist sulphur electron "
        + "titration isotope nitrogen polymer crystal alkali flask hydrogen distillation"),
    Topic(
      "school",
      "teacher pupil lesson classroom homework exam blackboard grammar textbook essay arithmetic "
        + "headmaster kindergarten diploma semester notebook chalk curriculum scholar spelling"),
    Topic(
      "theatre",
      "actor stage rehearsal curtain audience costume playwright drama scene director comedy "
        + "tragedy applause monologue backstage prompter understudy matinee spotlight script"),
    Topic(
      "mountains",
      "summit glacier climber ridge rope avalanche peak valley cliff alpine hut crevasse ascent "
        + "boulder icefall scree mountaineer cairn altimeter precipice"),
    Topic(
      "clothing",
      "shirt tailor cotton wool button sleeve jacket needle skirt silk fabric collar thread scarf "
        + "trousers linen hem zipper embroidery pocket"),
    Topic(
      "building",
      "brick mortar architect roof scaffold concrete beam mason carpenter plaster foundation crane "
        + "girder chimney tile cement facade plumber blueprint rafter"),
    Topic(
      "forest",
      "oak deer pine fox squirrel moss owl fern badger mushroom birch acorn thicket woodpecker "
        + "beech hedgehog maple lynx sapling bracken"),
    Topic(
      "parliament",
      "minister election senator ballot parliament vote coalition candidate treaty opposition "
        + "deputy speaker campaign constitution cabinet referendum mandate chancellor lobby veto"),
    Topic(
      "printing",
      "book printer page ink publisher typeface chapter editor margin paperback binding proof "
        + "manuscript folio pamphlet bookshop preface typesetter quarto errata"),
  ]

  /// The words that every sentence has, whatever it is about, from the most to the least frequent.
  static let functionWords = [
    "the", "of", "and", "to", "a", "in", "that", "it", "is", "was", "for", "with", "as", "on", "by",
    "at", "from", "this", "but", "not", "are", "they", "which", "one", "had", "his", "her", "were",
    "all", "there", "or", "their", "when", "more", "some", "into", "then", "has", "been", "its",
    "than", "after", "before", "who", "would", "about", "could", "other", "only", "over",
  ]
}
