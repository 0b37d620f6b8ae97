/** The series engine's model of counts by the hour, with its memory of what has been strange for so long that it is normal. */
import type { Calendar } from '../series/calendar.ts';
import { CountModel, type CountSurprise } from '../series/count-model.ts';
import { Episode } from '../series/episode.ts';
import { HOUR } from '../series/grain.ts';
import type { SeriesPoint } from '../series/point.ts';
import type { StateReader, StateWriter } from '../series/state.ts';

export class LearnedCounts {
  readonly model: CountModel;
  private readonly strange: Episode;

  constructor(model: CountModel) {
    this.model = model;
    this.strange = new Episode(model.quietAfter);
  }

  static from(first: SeriesPoint, calendar: Calendar): LearnedCounts {
    return new LearnedCounts(new CountModel(first, HOUR, calendar));
  }

  static restore(from: StateReader, calendar: Calendar): LearnedCounts {
    const counts = new LearnedCounts(CountModel.restore(from, HOUR, calendar));
    counts.strange.restore(from);
    return counts;
  }

  save(to: StateWriter): void {
    this.model.save(to);
    this.strange.save(to);
  }

  /** Takes an hour in; what has been strange for a day is the new normal. */
  learn(at: number, surprise: CountSurprise): void {
    const { since, age } = this.model.ready
      ? this.strange.place(at, surprise.strength, surprise.alone)
      : { since: undefined, age: 0 };
    surprise.learn(since !== undefined && age > this.model.acceptAfter);
  }
}
