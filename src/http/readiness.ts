/** Says that the service is about to end, before it does: a balancer then sends nobody more. */
export class Readiness {
  private leaving = false;

  get isLeaving(): boolean {
    return this.leaving;
  }

  leave(): void {
    this.leaving = true;
  }
}
