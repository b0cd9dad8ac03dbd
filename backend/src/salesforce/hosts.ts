/** Where access tokens may be sent: My Domain hosts and instances, also of government and China clouds. */
export const SALESFORCE_HOSTS: readonly string[] = [
  '*.salesforce.com',
  '*.my.salesforce.mil',
  '*.my.sfcrmproducts.cn',
];
