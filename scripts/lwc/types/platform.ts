/** What Lightning gives to components beside `lwc`, as far as this package uses it. */

declare module '@salesforce/label/*' {
  const text: string;
  export default text;
}
