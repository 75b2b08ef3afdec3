/** The parts of ical.js that are used; its own types are those of an ES module, which a CommonJS build may not load. */
declare module 'ical.js' {
  export interface Time {
    year: number;
    month: number;
    day: number;
    hour: number;
    minute: number;
    second: number;
    isDate: boolean;
    zone: Timezone | null;
    toUnixTime(): number;
    compare(other: Time): number;
  }
  export interface Timezone {
    tzid: string;
  }
  export interface Property {
    getFirstValue(): unknown;
    getParameter(name: string): unknown;
  }
  export interface Component {
    getAllSubcomponents(name: string): Component[];
    getAllProperties(name: string): Property[];
    getFirstProperty(name: string): Property | null;
    getFirstPropertyValue(name: string): unknown;
  }
  export interface Occurrence {
    item: Event;
    startDate: Time;
    endDate: Time;
  }
  export interface RecurIterator {
    next(): Time | undefined;
  }
  export interface Event {
    uid: string;
    summary: string | null;
    startDate: Time;
    endDate: Time;
    component: Component;
    isRecurring(): boolean;
    isRecurrenceException(): boolean;
    relateException(exception: Event): void;
    iterator(from?: Time): RecurIterator;
    getOccurrenceDetails(at: Time): Occurrence;
  }
  export function parse(text: string): unknown;
  export const Component: new (jcal: unknown) => Component;
  export const Event: new (component: Component) => Event;
  export const Timezone: { new (component: Component): Timezone; utcTimezone: Timezone; localTimezone: Timezone };
  export const TimezoneService: { register(timezone: Timezone): void; has(id: string): boolean; reset(): void };
}
