/*
 * CVODE (or CVODES, where MODEL asks for sensitivities) on one problem, driven line by line over stdin and stdout.
 *
 *   driver DATA
 *   time METHOD RTOL REPEATS   ->  = NANOSECONDS of one pass over all subjects (CPU time of this thread), steps accepted and rejected, right-hand sides
 *   values METHOD RTOL FILE    ->  as `time` with one repeat; FILE receives the values, float64
 *
 * METHOD: bdf (Newton, dense, analytic Jacobian), klu (the same, sparse) or adams (fixed point). MODEL names the generated C
 * of a model; DOSED is 1 where rates come and go.
 * DATA, float64: subjects, outputs, segments; floor[STATES]; output times; per segment its start and rates[STATES];
 * per subject parameters[PARAMETERS] and y0[STATES].
 * Values: per subject and output y[STATES], with sensitivities s[SENSITIVITIES][STATES] in its place. NaN after a failure.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include MODEL

#if SENSITIVITIES > 0
#include <cvodes/cvodes.h>
#else
#include <cvode/cvode.h>
#endif
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_klu.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sunmatrix/sunmatrix_sparse.h>
#include <sunnonlinsol/sunnonlinsol_fixedpoint.h>

#define WIDTH (SENSITIVITIES > 0 ? SENSITIVITIES * STATES : STATES)

static double q[HOISTED + 1];
static double rates[STATES];

static int derivative(realtype t, N_Vector y, N_Vector d, void *user)
{
  double *restrict out = NV_DATA_S(d);
  (void)user;
  model_derivative(t, NV_DATA_S(y), q, out);
#if DOSED
  for (int i = 0; i < STATES; i++) out[i] += rates[i];
#endif
  return 0;
}

/* CVODE gives a matrix of zeros. */
static int jacobian(realtype t, N_Vector y, N_Vector f, SUNMatrix j, void *user, N_Vector a, N_Vector b, N_Vector c)
{
  (void)f; (void)user; (void)a; (void)b; (void)c;
  model_jacobian(t, NV_DATA_S(y), q, SM_DATA_D(j));
  return 0;
}

/* Where the entries of the model's Jacobian stand in a matrix of compressed columns. */
static int place[JACOBIAN_ENTRIES + 1];
static sunindextype column_start[STATES + 1], row_index[JACOBIAN_ENTRIES + 1];

static void arrange(void)
{
  int next = 0;
  for (int column = 0; column < STATES; column++) {
    column_start[column] = next;
    for (int k = 0; k < JACOBIAN_ENTRIES; k++)
      if (jacobian_column[k] == column) {
        row_index[next] = jacobian_row[k];
        place[k] = next++;
      }
  }
  column_start[STATES] = next;
}

static int sparse_jacobian(realtype t, N_Vector y, N_Vector f, SUNMatrix j, void *user, N_Vector a, N_Vector b, N_Vector c)
{
  static double e[JACOBIAN_ENTRIES + PARAMETER_ENTRIES + 1];
  double *restrict out = SM_DATA_S(j);
  (void)f; (void)user; (void)a; (void)b; (void)c;
  memcpy(SM_INDEXPTRS_S(j), column_start, sizeof column_start);
  memcpy(SM_INDEXVALS_S(j), row_index, JACOBIAN_ENTRIES * sizeof *row_index);
  model_entries(t, NV_DATA_S(y), q, e);
  for (int k = 0; k < JACOBIAN_ENTRIES; k++) out[place[k]] = e[k];
  return 0;
}

#if SENSITIVITIES > 0
static int tangent(int count, realtype t, N_Vector y, N_Vector f, N_Vector *s, N_Vector *ds, void *user, N_Vector a, N_Vector b)
{
  static double e[JACOBIAN_ENTRIES + PARAMETER_ENTRIES + 1];
  (void)f; (void)user; (void)a; (void)b;
  model_entries(t, NV_DATA_S(y), q, e);
  for (int j = 0; j < count; j++) {
    const double *restrict in = NV_DATA_S(s[j]);
    double *restrict out = NV_DATA_S(ds[j]);
    for (int i = 0; i < STATES; i++) out[i] = 0;
    for (int k = 0; k < JACOBIAN_ENTRIES; k++) out[jacobian_row[k]] += e[k] * in[jacobian_column[k]];
  }
  for (int k = 0; k < PARAMETER_ENTRIES; k++) NV_Ith_S(ds[parameter_column[k]], parameter_row[k]) += e[JACOBIAN_ENTRIES + k];
  return 0;
}
#endif

typedef struct {
  int subjects, outputs, segments;
  const double *floor, *times, *segment, *subject;
} Data;

typedef struct {
  void *memory;
  N_Vector y, atol;
  SUNMatrix matrix;
  SUNLinearSolver linear;
  SUNNonlinearSolver nonlinear;
  N_Vector *s;
} Solver;

static void check(int flag, const char *what)
{
  if (flag < 0) {
    fprintf(stderr, "%s: %d\n", what, flag);
    exit(1);
  }
}

static void quiet(int code, const char *module, const char *function, char *message, void *user)
{
  (void)code; (void)module; (void)function; (void)message; (void)user;
}

static Solver make(SUNContext context, const Data *data, const char *method, double rtol)
{
  const int adams = strcmp(method, "adams") == 0, klu = strcmp(method, "klu") == 0;
  Solver solver = {0};
  solver.y = N_VNew_Serial(STATES, context);
  solver.atol = N_VNew_Serial(STATES, context);
  for (int i = 0; i < STATES; i++) NV_Ith_S(solver.atol, i) = rtol * data->floor[i];
  N_VConst(0, solver.y);
  solver.memory = CVodeCreate(adams ? CV_ADAMS : CV_BDF, context);
  check(CVodeInit(solver.memory, derivative, 0, solver.y), "CVodeInit");
  check(CVodeSVtolerances(solver.memory, rtol, solver.atol), "CVodeSVtolerances");
  check(CVodeSetMaxNumSteps(solver.memory, 1000000), "CVodeSetMaxNumSteps");
  check(CVodeSetErrHandlerFn(solver.memory, quiet, NULL), "CVodeSetErrHandlerFn");
  if (adams) {
    solver.nonlinear = SUNNonlinSol_FixedPoint(solver.y, 0, context);
    check(CVodeSetNonlinearSolver(solver.memory, solver.nonlinear), "CVodeSetNonlinearSolver");
  } else {
    solver.matrix = klu ? SUNSparseMatrix(STATES, STATES, JACOBIAN_ENTRIES, CSC_MAT, context) : SUNDenseMatrix(STATES, STATES, context);
    solver.linear = klu ? SUNLinSol_KLU(solver.y, solver.matrix, context) : SUNLinSol_Dense(solver.y, solver.matrix, context);
    check(CVodeSetLinearSolver(solver.memory, solver.linear, solver.matrix), "CVodeSetLinearSolver");
    check(CVodeSetJacFn(solver.memory, klu ? sparse_jacobian : jacobian), "CVodeSetJacFn");
  }
#if SENSITIVITIES > 0
  solver.s = N_VCloneVectorArray(SENSITIVITIES, solver.y);
  for (int j = 0; j < SENSITIVITIES; j++) N_VConst(0, solver.s[j]);
  check(CVodeSensInit(solver.memory, SENSITIVITIES, CV_STAGGERED, tangent, solver.s), "CVodeSensInit");
  static double scale[SENSITIVITIES];
  for (int j = 0; j < SENSITIVITIES; j++) scale[j] = data->subject[sensitivity_parameter[j]];
  check(CVodeSetSensParams(solver.memory, NULL, scale, NULL), "CVodeSetSensParams");
  check(CVodeSensEEtolerances(solver.memory), "CVodeSensEEtolerances");
  /* Steps chosen on the states alone: measured quicker at the same error of the sensitivities. */
  check(CVodeSetSensErrCon(solver.memory, SUNFALSE), "CVodeSetSensErrCon");
#endif
  return solver;
}

static void drop(Solver *solver)
{
  CVodeFree(&solver->memory);
  if (solver->linear) SUNLinSolFree(solver->linear);
  if (solver->matrix) SUNMatDestroy(solver->matrix);
  if (solver->nonlinear) SUNNonlinSolFree(solver->nonlinear);
  if (solver->s) N_VDestroyVectorArray(solver->s, SENSITIVITIES);
  N_VDestroy(solver->y);
  N_VDestroy(solver->atol);
}

static int advance(Solver *solver, double to, realtype *t)
{
  int flag = CVode(solver->memory, to, solver->y, t, CV_NORMAL);
#if SENSITIVITIES > 0
  if (flag >= 0) flag = CVodeGetSens(solver->memory, t, solver->s);
#endif
  return flag;
}

typedef struct {
  long steps, rejected, evaluations;
} Effort;

/* One subject. */
static void solve(Solver *solver, const Data *data, const double *subject, double *out, Effort *effort)
{
  const double end = data->times[data->outputs - 1];
  int k = 0, failed = 0;
  model_prepare(subject, q);
  memcpy(NV_DATA_S(solver->y), subject + PARAMETERS, STATES * sizeof(double));
#if SENSITIVITIES > 0
  for (int j = 0; j < SENSITIVITIES; j++) N_VConst(0, solver->s[j]);
#endif
  for (int g = 0; g < data->segments && !failed; g++) {
    const double *segment = data->segment + g * (STATES + 1);
    const double stop = g + 1 < data->segments ? segment[STATES + 1] : end;
    realtype t = segment[0];
    long steps = 0, rejected = 0, evaluations = 0;
    memcpy(rates, segment + 1, STATES * sizeof(double));
    CVodeReInit(solver->memory, t, solver->y);
#if SENSITIVITIES > 0
    CVodeSensReInit(solver->memory, CV_STAGGERED, solver->s);
#endif
    CVodeSetStopTime(solver->memory, stop);
    for (; k < data->outputs && data->times[k] <= stop; k++) {
      if (advance(solver, data->times[k], &t) < 0) {
        failed = 1;
        break;
      }
#if SENSITIVITIES > 0
      for (int j = 0; j < SENSITIVITIES; j++) memcpy(out + k * WIDTH + j * STATES, NV_DATA_S(solver->s[j]), STATES * sizeof(double));
#else
      memcpy(out + k * WIDTH, NV_DATA_S(solver->y), STATES * sizeof(double));
#endif
    }
    if (!failed && t < stop && advance(solver, stop, &t) < 0) failed = 1;
    CVodeGetNumSteps(solver->memory, &steps);
    CVodeGetNumErrTestFails(solver->memory, &rejected);
    CVodeGetNumRhsEvals(solver->memory, &evaluations);
    effort->steps += steps;
    effort->rejected += rejected;
    effort->evaluations += evaluations;
  }
  for (; k < data->outputs; k++)
    for (int i = 0; i < WIDTH; i++) out[k * WIDTH + i] = NAN;
}

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + 1e-9 * now.tv_nsec;
}

static double *slurp(const char *path)
{
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(1);
  }
  fseek(file, 0, SEEK_END);
  const long size = ftell(file);
  rewind(file);
  double *bytes = malloc(size);
  if (fread(bytes, 1, size, file) != (size_t)size) exit(1);
  fclose(file);
  return bytes;
}

int main(int count, char **arguments)
{
  if (count != 2) {
    fprintf(stderr, "usage: %s DATA\n", arguments[0]);
    return 2;
  }
  const double *raw = slurp(arguments[1]);
  Data data = {.subjects = raw[0], .outputs = raw[1], .segments = raw[2], .floor = raw + 3};
  data.times = data.floor + STATES;
  data.segment = data.times + data.outputs;
  data.subject = data.segment + data.segments * (STATES + 1);
  const long size = (long)data.outputs * WIDTH;
  double *out = malloc(sizeof(double) * size * data.subjects);
  SUNContext context;
  arrange();
  check(SUNContext_Create(NULL, &context), "SUNContext_Create");

  char line[4096], verb[16], method[16], rest[4000];
  double rtol;
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%15s %15s %lf %3999s", verb, method, &rtol, rest) != 4) {
      fprintf(stderr, "not understood: %s", line);
      return 2;
    }
    const int keep = strcmp(verb, "values") == 0;
    const int repeats = keep ? 1 : atoi(rest);
    Solver solver = make(context, &data, method, rtol);
    Effort effort = {0};
    const double start = seconds();
    for (int r = 0; r < repeats; r++)
      for (int k = 0; k < data.subjects; k++)
        solve(&solver, &data, data.subject + k * (PARAMETERS + STATES), out + k * size, &effort);
    const double spent = seconds() - start;
    drop(&solver);
    if (keep) {
      FILE *file = fopen(rest, "wb");
      if (!file || fwrite(out, sizeof(double), size * data.subjects, file) != (size_t)(size * data.subjects)) {
        perror(rest);
        return 1;
      }
      fclose(file);
    }
    printf("= %.9g %ld %ld %ld\n", 1e9 * spent / repeats, effort.steps / repeats, effort.rejected / repeats, effort.evaluations / repeats);
    fflush(stdout);
  }
  return 0;
}
