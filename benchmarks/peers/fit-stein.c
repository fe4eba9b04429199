/* Stein 2019 for deSolve's lsoda: expansion to Tmax, then contraction; which of the two is the seventh parameter. */
static double p[7];

void stein_init(void (*parameters)(int *, double *)) {
  int n = 7;
  parameters(&n, p);
}

/* p: growth, alpha, FB*(alpha - beta), beta, unused, unused, 1 after Tmax */
void stein_derivs(int *n, double *t, double *y, double *d, double *out, int *ip) {
  (void)n; (void)t; (void)out; (void)ip;
  if (p[6] == 0) {
    d[0] = p[0] * y[0];
    d[1] = -p[3] * y[1];
  } else {
    d[0] = -p[1] * y[0];
    d[1] = p[2] * y[0] - p[3] * y[1];
  }
}

void stein_jac(int *n, double *t, double *y, int *ml, int *mu, double *pd, int *rows, double *out, int *ip) {
  (void)n; (void)t; (void)y; (void)ml; (void)mu; (void)out; (void)ip;
  pd[0] = p[6] == 0 ? p[0] : -p[1];
  pd[1] = p[6] == 0 ? 0 : p[2];
  pd[*rows] = 0;
  pd[*rows + 1] = -p[3];
}
