/** An expected failure of an API call; the body is `{"error": …}`. */
export interface Problem {
  /** Stable, snake_case: `bad_range`, `unknown_property`, `not_found`, … */
  code: string;
  /** One clear sentence with what to do next. Holds no visitor's data. */
  message: string;
  /** JSON pointer-like path to what is wrong, `steps[1].where[0].property`; '' when it is the whole request. */
  at: string;
}

/** Thrown where a request cannot be served; routes turn it into `status` and `{"error": …}`. */
export class ProblemError extends Error {
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.status = status;
    this.problem = problem;
  }
}
