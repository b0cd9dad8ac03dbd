const list = (words: string): readonly string[] => words.split(' ');

export const FIRST_NAMES = list(
  'Adam Aisha Alice Amelia Andre Anna Antonio Beatrice Ben Bianca Boris Carla Carlos Cecilia Chen Clara Daniel David ' +
    'Diana Diego Elena Emil Emma Erik Esther Eva Fatima Felix Fiona Frank Gabriela George Grace Hannah Hassan Helen Henry ' +
    'Ibrahim Ines Isaac Ivan Jana Jin Joan Jonas Julia Karim Kate Laura Leo Lina Lucas Luis Maria Marta Maya Miguel Mila ' +
    'Nadia Nils Noah Nora Olga Omar Oscar Paula Pedro Priya Rafael Rita Rosa Ruth Samuel Sara Sofia Tariq Teresa Thomas Victor Yara',
);

export const LAST_NAMES = list(
  'Abbott Ahmed Almeida Alvarez Andersen Baker Barbosa Bauer Becker Bennett Bergman Blanc Brown Bruno Cabrera Carter Castro ' +
    'Chan Clarke Cohen Collins Costa Cruz Dawson Diaz Dubois Duran Eriksson Farouk Ferreira Fischer Flores Foster Garcia Gomez ' +
    'Gonzalez Gray Haddad Hansen Hayes Hughes Ibarra Jansen Jensen Johnson Kapoor Keller Khan Klein Kowalski Larsen Lee Lopez ' +
    'Mahmoud Marin Martins Mendes Meyer Mitchell Moreno Morris Murphy Nakamura Navarro Nguyen Novak Okafor Olsen Ortega Park ' +
    'Patel Pereira Perez Quinn Ramos Reyes Rossi Ruiz Salazar Schmidt Silva Singh Suarez Tanaka Torres Vargas Vega Walker Weber Wong Young',
);

export const COMPANY_STEMS = list(
  'Alder Amber Aspen Beacon Birch Blue Bright Canyon Cedar Cobalt Copper Coral Crescent Delta Drift Eastern Ember Falcon Fern ' +
    'Granite Harbor Hazel Heron Indigo Iron Juniper Kestrel Lakeside Lantern Laurel Linden Lunar Maple Meadow Meridian Mosaic Nimbus ' +
    'Northern Oak Ocean Olive Onyx Orchard Pacific Pine Pioneer Prairie Quartz Raven Redwood River Rowan Saffron Sierra Silver Solar ' +
    'Sparrow Summit Sunrise Terra Thistle Timber Valley Velvet Vista Walnut Willow Winter',
);

export const COMPANY_KINDS = list(
  'Analytics Bakery Bank Clinic Coffee Construction Consulting Design Diagnostics Energy Engineering Farms Foods Freight Furniture ' +
    'Health Hotels Insurance Labs Legal Logistics Machinery Media Motors Outdoor Packaging Partners Pharma Press Properties Robotics ' +
    'School Security Software Solar Sports Studios Supply Systems Telecom Textiles Tools Travel Water Works',
);

export const TITLES = [
  'Account Executive',
  'Business Analyst',
  'Chief Executive Officer',
  'Chief Financial Officer',
  'Customer Success Manager',
  'Director of Marketing',
  'Director of Operations',
  'Engineering Manager',
  'Facilities Manager',
  'Finance Manager',
  'Head of Procurement',
  'Head of Sales',
  'HR Business Partner',
  'IT Manager',
  'Marketing Coordinator',
  'Marketing Manager',
  'Office Manager',
  'Operations Manager',
  'Owner',
  'Product Manager',
  'Project Manager',
  'Purchasing Agent',
  'Sales Manager',
  'VP Marketing',
  'VP Sales',
] as const;

export const STREETS = list(
  'Main Oak Park High Church Mill Station Lake Hill River Garden King Queen Market Bridge School Spring Forest',
);

/** City, state, postal code's first digits, country, dialling prefix. */
export const PLACES = [
  { city: 'San Francisco', state: 'CA', postalCode: '941', country: 'United States', phone: '+1 415 555' },
  { city: 'New York', state: 'NY', postalCode: '100', country: 'United States', phone: '+1 212 555' },
  { city: 'Chicago', state: 'IL', postalCode: '606', country: 'United States', phone: '+1 312 555' },
  { city: 'Austin', state: 'TX', postalCode: '787', country: 'United States', phone: '+1 512 555' },
  { city: 'Seattle', state: 'WA', postalCode: '981', country: 'United States', phone: '+1 206 555' },
  { city: 'Miami', state: 'FL', postalCode: '331', country: 'United States', phone: '+1 305 555' },
  { city: 'Madrid', state: 'Madrid', postalCode: '280', country: 'Spain', phone: '+34 91 555' },
  { city: 'Barcelona', state: 'Barcelona', postalCode: '080', country: 'Spain', phone: '+34 93 555' },
  { city: 'Valencia', state: 'Valencia', postalCode: '460', country: 'Spain', phone: '+34 96 555' },
  { city: 'Ciudad de México', state: 'CDMX', postalCode: '060', country: 'Mexico', phone: '+52 55 5555' },
  { city: 'Bogotá', state: 'Cundinamarca', postalCode: '110', country: 'Colombia', phone: '+57 601 555' },
  { city: 'London', state: 'London', postalCode: 'EC1', country: 'United Kingdom', phone: '+44 20 7946' },
  { city: 'Berlin', state: 'Berlin', postalCode: '101', country: 'Germany', phone: '+49 30 5550' },
  { city: 'Paris', state: 'Île-de-France', postalCode: '750', country: 'France', phone: '+33 1 5550' },
] as const;

/** People whose names are not plain ASCII, with the mailbox they use. */
export const INTERNATIONAL_NAMES = [
  { firstName: 'José', lastName: 'Muñoz', mailbox: 'jose.munoz' },
  { firstName: 'Zoë', lastName: 'Brontë', mailbox: 'zoe.bronte' },
  { firstName: 'Łukasz', lastName: 'Wójcik', mailbox: 'lukasz.wojcik' },
  { firstName: 'Søren', lastName: 'Ødegård', mailbox: 'soren.odegard' },
  { firstName: 'Müge', lastName: 'Çelik', mailbox: 'muge.celik' },
  { firstName: 'Siobhán', lastName: "O'Connor", mailbox: 'siobhan.oconnor' },
  { firstName: '太郎', lastName: '山田', mailbox: 'taro.yamada' },
  { firstName: '小红', lastName: '王', mailbox: 'xiaohong.wang' },
  { firstName: 'Олена', lastName: 'Шевченко', mailbox: 'olena.shevchenko' },
  { firstName: 'Νίκος', lastName: 'Παπαδόπουλος', mailbox: 'nikos.papadopoulos' },
  { firstName: 'ליאת', lastName: 'כהן', mailbox: 'liat.cohen' },
  { firstName: 'محمد', lastName: 'حسن', mailbox: 'mohamed.hassan' },
] as const;

export const LEAD_STATUSES = [
  'Open - Not Contacted',
  'Open - Not Contacted',
  'Working - Contacted',
  'Closed - Not Converted',
] as const;
export const LEAD_SOURCES = [
  'Web',
  'Web',
  'Phone Inquiry',
  'Partner Referral',
  'Purchased List',
  'Other',
] as const;
export const INDUSTRIES = [
  'Banking',
  'Construction',
  'Consulting',
  'Education',
  'Energy',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Manufacturing',
  'Media',
  'Retail',
  'Technology',
  'Telecommunications',
  'Transportation',
] as const;
export const ACCOUNT_TYPES = [
  'Prospect',
  'Customer - Direct',
  'Customer - Channel',
  'Technology Partner',
  'Other',
] as const;
export const RATINGS = ['Hot', 'Warm', 'Cold'] as const;
