/** Which lines ran, by their number in the program: every statement tells, so that it has to cost next to nothing. */
export class Coverage {
  private readonly ran: boolean[] = [];

  hit(statement: number): void {
    this.ran[statement] = true;
  }

  has(statement: number): boolean {
    return this.ran[statement] === true;
  }
}
