/* A generated model (MODEL) as deSolve wants it: its parameters are the model's, then the rates into each state. */
#include <math.h>

#include MODEL

static double parms[PARAMETERS + STATES];
static double q[HOISTED + 1];

void initmod(void (*odeparms)(int *, double *))
{
  int count = PARAMETERS + STATES;
  odeparms(&count, parms);
  model_prepare(parms, q);
}

void derivs(int *neq, double *t, double *y, double *ydot, double *yout, int *ip)
{
  (void)neq; (void)yout; (void)ip;
  model_derivative(*t, y, q, ydot);
  for (int i = 0; i < STATES; i++) ydot[i] += parms[PARAMETERS + i];
}

void jac(int *neq, double *t, double *y, int *ml, int *mu, double *pd, int *nrowpd, double *yout, int *ip)
{
  (void)neq; (void)ml; (void)mu; (void)nrowpd; (void)yout; (void)ip;
  model_jacobian(*t, y, q, pd);
}
