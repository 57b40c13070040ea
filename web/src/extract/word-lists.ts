const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

export const auxiliaries = set(
  "was were is are be been being has have had having get gets got getting will would can could may might must shall should did do does wasn't weren't isn't aren't hasn't haven't hadn't",
);
export const beForms = set(
  "was were is are be been being get gets got getting wasn't weren't isn't aren't lay lie remain remains remained left found stood",
);
export const modals = set('could would can should must will shall');

/** Words that may stand between a subject and its verb, or before a participle, and change nothing. */
export const adverbs = set(
  'also now still later then already reportedly immediately instantly either apparently initially finally confirmed believed officially formally since just again safely unharmed only all both successfully either sadly tragically known thought said understood reported feared presumed allegedly either subsequently otherwise either yet eventually meanwhile either currently themselves so far seriously slightly badly critically lightly gravely severely fatally instantly alone today yesterday overnight soon',
);

/** What ends a noun phrase. */
export const phraseStops = set(
  `of in on at by from to for with without under over near after before during since until among amid into onto across off out up down about around through
   the a an each and or but nor while when where who whom whose which that as than because if though although so whereas including included include includes
   was were is are be been being has have had will would can could may might must should did do does not never
   said says say saying told tells tell confirmed announced added reported stated
   he she it they we i you them him us his their its her our your my this these those here there
   yesterday today tomorrow tonight late early monday tuesday wednesday thursday friday saturday sunday
   january february march april may june july august september october november december
   more less fewer remain remains remained stood stands rose climbed reached`,
);

export const weekdays = set('monday tuesday wednesday thursday friday saturday sunday');
export const months = set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec',
);

/** Where a new clause begins, so that what follows has a subject of its own. */
export const clauseStarts = set(
  'while but whereas although though when where because if as until unless before after since which than',
);

/** Units and things after a number that say it counts no people. */
export const otherUnits = set(
  `percent per pc percentage point points
   km kilometre kilometres kilometer kilometers mile miles metre metres meter meters m foot feet inches inch cm yards yard nautical hectares hectare acres acre
   tonne tonnes ton tons kg kilogram kilograms kilos litres liters gallons barrels
   second seconds minute minutes hour hours day days night nights week weeks month months year years decade decades century centuries weekend weekends
   am pm degrees degree celsius fahrenheit magnitude kmh mph knots storey story storeys stories floors floor
   dollar dollars euro euros pound pounds pesos rupees rupee yen yuan lakh crore rubles roubles francs shillings dirhams naira cents dinars riyals
   home homes house houses building buildings flats apartments apartment block blocks rooms beds tents schools shops villages towns cities provinces districts counties countries states nations streets sites places camps shelters
   car cars vehicle vehicles lorry lorries truck trucks bus buses coach coaches carriages wagons train trains boat boats ship ships vessel vessels ferry ferries plane planes aircraft helicopter helicopters tank tanks ambulances ambulance engines appliances drones
   rockets missiles shells bombs grenades rifles guns weapons rounds shots bullets explosions blasts explosives attacks incidents strikes raids aftershocks quakes earthquakes fires
   hospitals airports stations bridges mines wells cows sheep animals cattle dogs horses livestock chickens goats pigs
   times calls reports samples cases counts charges languages families households couples teams units squads battalions
   copies pages votes seats games goals levels stops lines questions voices names`,
);

/** Before a number: it is a name's or a label's, and counts nobody. */
export const labelWords = set(
  'flight number no route highway room section article theater theatre terminal gate platform unit level line magnitude channel radio pier hall ward page chapter day report phase stage category grade class size km mark version aged age under-',
);
