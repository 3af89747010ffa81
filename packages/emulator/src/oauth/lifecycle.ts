/** An event of the app's life, as the platform's webhooks carry it. */
export interface LifecycleEvent {
  readonly type: "INSTALL" | "UNINSTALL" | "UPDATE" | "PLAN_CHANGE";
  readonly timestamp: string;
  readonly webhookId: string;
  readonly appId: string;
  readonly versionId?: string;
  /** INSTALL only. */
  readonly installType?: "Location" | "Company";
  /** Absent for installs on a company. */
  readonly locationId?: string;
  /** May be absent for locations that came after the install. */
  readonly companyId?: string;
  readonly userId?: string;
  readonly companyName?: string;
  readonly isWhitelabelCompany?: boolean;
  readonly planId?: string;
  /** INSTALL of an app with a trial. `trialDuration` in days. */
  readonly trial?: { readonly onTrial: boolean; readonly trialDuration: number; readonly trialStartDate: string };
  /** UPDATE only. */
  readonly previousVersionId?: string;
  /** PLAN_CHANGE only. */
  readonly currentPlanId?: string;
  readonly newPlanId?: string;
}

/** What happened to the app's installations, in order. */
export interface Lifecycle {
  readonly add: (event: LifecycleEvent) => void;
  readonly events: () => readonly LifecycleEvent[];
  /** Calls `listener` with every event when it happens: deliveries start here. Returns the function that removes it. */
  readonly subscribe: (listener: (event: LifecycleEvent) => void) => () => void;
  readonly clear: () => void;
}

export function createLifecycle(): Lifecycle {
  const listeners = new Set<(event: LifecycleEvent) => void>();
  let events: LifecycleEvent[] = [];
  return {
    add(event) {
      events.push(event);
      for (const listener of listeners) listener(event);
    },
    events: () => [...events],
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    clear: () => void (events = []),
  };
}
