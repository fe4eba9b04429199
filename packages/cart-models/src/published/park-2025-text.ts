/** How anti-dsDNA changes in `park2025Text`. */
interface Antibodies {
  readonly parameters: string
  readonly randomEffects: string
  readonly equations: string
}

/** As printed, with a loss of 4.8e6 per day while there are B cells. */
export const printedAntibodies: Antibodies = {
  parameters: `  kAAB <- 15875.77      # [IU/day/cell] Antibody made, and lost
`,
  randomEffects: `  eta.kAAB   ~ 0.4^2   # [1] Between patients: antibody made, and lost
`,
  equations: `  k ~ ifelse(BP > Bmin, kAAB*exp(eta.kAAB), 0) # [IU/day/cell] Nothing is made or lost without B cells
  d/dt(AAB) <- k*BP*CD4/CD4_0*max(IFN/IFN0, 1e-12)^gIFN - k*B0/AAB0*AAB # [IU/L] Anti-dsDNA`,
}

/**
 * In the limit of fast antibodies, AAB0·(BP/B0)·(CD4/CD4_0)·(IFN/IFN0)^gIFN, by its own rate of change: it begins on that
 * curve and stays on it until the B cells are gone.
 */
export const fastAntibodies: Antibodies = {
  parameters: '',
  randomEffects: '',
  equations: `  # Rates of change of B cells, CD4 cells and interferon, each relative to its value
  gB   ~ Kg - kkillP
  gCD4 ~ (kCD4*CD4p*(1 - E4) - kout4*CD4)/max(CD4, 1e-12)
  gI   ~ kifn*(IFN0*AAB/AAB0*NT/NT_0 - IFN)/max(IFN, 1e-12)
  d/dt(AAB) <- ifelse(BP > Bmin, (gB + gCD4 + gIFN*gI)*AAB, 0) # [IU/L] Anti-dsDNA`,
}

/** Text of the model: title and equation of anti-dsDNA. */
export const park2025Text = (title: string, { parameters, randomEffects, equations }: Antibodies): string => `# ${title}
ini({
  # Patient and product
  WT   <- fix(70)     # [kg] Body weight
  WTr  <- fix(70)     # [kg] Body weight that volumes refer to
  Vb70 <- fix(5)      # [L] Blood
  Vm70 <- fix(1.6)    # [L] Marrow
  vU   <- fix(0.24)   # [L/kg] Volume of proteinuria
  dose <- fix(1e6)    # [cells/kg] CAR-T cells given
  f8   <- fix(0.23)   # [1] CD8 cells of the product
  f4   <- fix(0.759)  # [1] CD4 cells of the product
  gn   <- fix(0.0729) # [1] Naive cells of the product
  gcm  <- fix(0.221)  # [1] Central memory cells of the product
  gem  <- fix(0.609)  # [1] Effector memory cells of the product
  gef  <- fix(0.0977) # [1] Effector cells of the product

  # CAR-T cells
  K12    <- fix(1.41)   # [1/day] Blood to marrow
  K21    <- fix(0.0017) # [1/day] Marrow to blood
  kel    <- fix(0.69)   # [1/day] Loss from blood but of effector cells
  kelef  <- fix(47.38)  # [1/day] Loss of effector cells from blood
  r1     <- fix(0.15)   # [1/day] Naive to central memory
  r2     <- fix(0.11)   # [1/day] Central to effector memory
  r3     <- fix(0.72)   # [1/day] Effector memory to effector
  Kexp   <- 1.8         # [1/day] Fastest expansion of CD8 cells
  ratio  <- fix(1.12)   # [1] That of CD8 cells to that of CD4 cells
  EC50   <- 1.9e-5      # [molecules/cell] Complexes per CAR-T cell for half of it

  # Binding
  kon  <- fix(2.1e5)    # [L/mol/s] Binding of CAR to CD19
  koff <- fix(6.81e-5)  # [1/s] Release
  NA_  <- fix(6.023e23) # [molecules/mol] Avogadro's number
  day  <- fix(86400)    # [s/day] Seconds in a day
  AgT  <- fix(15000)    # [molecules/cell] CAR per CAR-T cell
  AgB  <- fix(14000)    # [molecules/cell] CD19 per B cell

  # B cells
  B0     <- fix(1.43e8) # [cells/L] B cells in blood at the start
  BM0    <- fix(1.5e9)  # [cells/L] CD19+ cells in marrow at the start
  Kg     <- fix(0.0193) # [1/day] Growth of B cells
  Kkill  <- 2.76        # [1/day] Fastest killing of B cells
  KC50   <- fix(7.71)   # [molecules/cell] Complexes per B cell for half of it
  CARrev <- 2.38        # [cells/uL] CAR-T cells below which naive B cells return
  K0     <- 1.58e6      # [cells/L/day] Production of naive B cells
  Bmax   <- 4.49e8      # [cells/L] Most B cells in blood

  # Lymphodepletion and host cells
  kLD    <- fix(1.39)    # [1/day] Loss of lymphodepleting drug
  Emax4  <- fix(0.85)    # [1] Largest effect on CD4 cells
  EC4    <- fix(0.15)    # [mg/L] Drug for half of it
  Emax8  <- fix(0.96)    # [1] Largest effect on CD8 cells
  EC8    <- fix(0.067)   # [mg/L] Drug for half of it
  EmaxN  <- 27.32        # [1] Largest effect on neutrophil precursors
  ECN    <- fix(1203.42) # [mg/L] Drug for half of it
  kin4   <- 210.18       # [cells/uL/day] Production of CD4 precursors
  kCD4   <- fix(0.0007)  # [1/day] CD4 precursors to CD4 cells
  kCD4o  <- 1.02         # [1/day] Loss of CD4 cells
  kin8   <- fix(525.59)  # [cells/uL/day] Production of CD8 precursors
  kCD8   <- fix(0.00045) # [1/day] CD8 precursors to CD8 cells
  kCD8o  <- 1.49         # [1/day] Loss of CD8 cells
  NT0    <- 5617.22      # [cells/uL] Neutrophils at rest
  MTT    <- 4.35         # [day] Time of neutrophils in marrow
  gam    <- fix(0.14)    # [1] Feedback of neutrophils

  # Disease
  IFN0 <- fix(21000)    # [pg/L] Interferon-alpha at the start
  AAB0 <- fix(470000)   # [IU/L] Anti-dsDNA at the start
  C3_0 <- fix(555)      # [mg/L] Complement C3 at the start
  U0   <- fix(3060)     # [mg/g] Proteinuria at the start
  kIFN <- 23.04         # [1/day] Turnover of interferon-alpha
${parameters}  Bmin <- fix(1e6)      # [cells/L] B cells below which antibody stands still
  gIFN <- fix(0.09)     # [1] Exponent of interferon on antibody
  sC3  <- fix(36)       # [mg/day/kg] Synthesis of C3
  gAAB <- fix(0.1)      # [1] Exponent of antibody on the loss of C3
  kU   <- fix(1000)     # [mg*L/g/day] Turnover of proteinuria
  gC3  <- fix(1.09)     # [1] Exponent of C3 on proteinuria
  gIU  <- fix(0.8)      # [1] Exponent of interferon on proteinuria
  S_C3 <- fix(16.99)    # [score] SLEDAI without C3
  m_C3 <- fix(0.01)     # [score*L/mg] SLEDAI taken off by C3
  S_I  <- fix(4.21)     # [score] SLEDAI without interferon
  m_I  <- fix(0.08)     # [score*mL/pg] SLEDAI brought by interferon

  # Between patients
  eta.Kexp   ~ 0.05^2  # [1] Between patients: expansion
  eta.Kkill  ~ 0.087^2 # [1] Between patients: killing
  eta.EC50   ~ 0.2^2   # [1] Between patients: complexes for half of the expansion
  eta.CARrev ~ 0.81^2  # [1] Between patients: CAR-T cells below which B cells return
  eta.K0     ~ 1.04^2  # [1] Between patients: production of naive B cells
  eta.Bmax   ~ 0.81^2  # [1] Between patients: most B cells
  eta.kin4   ~ 0.68^2  # [1] Between patients: production of CD4 precursors
  eta.kCD4o  ~ 0.15^2  # [1] Between patients: loss of CD4 cells
  eta.kCD8o  ~ 0.5^2   # [1] Between patients: loss of CD8 cells
  eta.NT0    ~ 0.29^2  # [1] Between patients: neutrophils at rest
  eta.MTT    ~ 0.2^2   # [1] Between patients: time of neutrophils in marrow
  eta.EmaxN  ~ 0.26^2  # [1] Between patients: effect on neutrophils
${randomEffects}  eta.kIFN   ~ 0.2^2   # [1] Between patients: turnover of interferon-alpha
})
model({
  LD <- 1935 # [mg] Lymphodepleting drug given

  Vb ~ Vb70*WT/WTr # [L] Blood
  Vm ~ Vm70*WT/WTr # [L] Marrow
  Vu ~ vU*WT       # [L] Volume of proteinuria
  kexp8  ~ Kexp*exp(eta.Kexp)
  kexp4  ~ kexp8/ratio
  ec     ~ EC50*exp(eta.EC50)
  kkillx ~ Kkill*exp(eta.Kkill)
  in4    ~ kin4*exp(eta.kin4)
  kout4  ~ kCD4o*exp(eta.kCD4o)
  kout8  ~ kCD8o*exp(eta.kCD8o)
  CD4_0  ~ in4/kout4  # [cells/uL] CD4 cells at rest
  CD8_0  ~ kin8/kout8 # [cells/uL] CD8 cells at rest
  NT_0   ~ NT0*exp(eta.NT0)
  ktr    ~ 4/(MTT*exp(eta.MTT))
  kifn   ~ kIFN*exp(eta.kIFN)
  kb     ~ kon*day/NA_ # [L/molecule/day]
  kr     ~ koff*day    # [1/day]

  # Binding in blood and marrow
  P8 ~ P8n + P8cm + P8em + P8ef # [cells/L] CD8 CAR-T cells in blood
  P4 ~ P4n + P4cm + P4em + P4ef # [cells/L] CD4 CAR-T cells in blood
  M8 ~ M8n + M8cm + M8em + M8ef # [cells/L] CD8 CAR-T cells in marrow
  M4 ~ M4n + M4cm + M4em + M4ef # [cells/L] CD4 CAR-T cells in marrow
  AgP ~ max(AgB*BP - X8 - X4, 0) # [molecules/L] Free CD19 in blood
  AgM ~ max(AgB*BM - Y8 - Y4, 0) # [molecules/L] Free CD19 in marrow
  d/dt(X8) <- kb*max(AgT*P8 - X8, 0)*AgP - kr*X8 # [molecules/L] CAR of CD8 cells bound in blood
  d/dt(X4) <- kb*max(AgT*P4 - X4, 0)*AgP - kr*X4 # [molecules/L] CAR of CD4 cells bound in blood
  d/dt(Y8) <- kb*max(AgT*M8 - Y8, 0)*AgM - kr*Y8 # [molecules/L] CAR of CD8 cells bound in marrow
  d/dt(Y4) <- kb*max(AgT*M4 - Y4, 0)*AgM - kr*Y4 # [molecules/L] CAR of CD4 cells bound in marrow
  cP8 ~ max(X8, 0)/max(P8, 1e-12) # [molecules/cell] Complexes per CD8 CAR-T cell in blood
  cP4 ~ max(X4, 0)/max(P4, 1e-12) # [molecules/cell] Complexes per CD4 CAR-T cell in blood
  cM8 ~ max(Y8, 0)/max(M8, 1e-12) # [molecules/cell] Complexes per CD8 CAR-T cell in marrow
  cM4 ~ max(Y4, 0)/max(M4, 1e-12) # [molecules/cell] Complexes per CD4 CAR-T cell in marrow
  xP8 ~ kexp8*cP8/(ec + cP8) # [1/day] Expansion of CD8 cells in blood
  xP4 ~ kexp4*cP4/(ec + cP4) # [1/day] Expansion of CD4 cells in blood
  xM8 ~ kexp8*cM8/(ec + cM8) # [1/day] Expansion of CD8 cells in marrow
  xM4 ~ kexp4*cM4/(ec + cM4) # [1/day] Expansion of CD4 cells in marrow

  # CAR-T cells: naive, central memory, effector memory, effector
  d/dt(P8n)  <- -K12*P8n  + K21*Vm/Vb*M8n  - kel*P8n  + xP8*P8n  - r1*P8n            # [cells/L] Naive CD8 in blood
  d/dt(P8cm) <- -K12*P8cm + K21*Vm/Vb*M8cm - kel*P8cm + xP8*P8cm + r1*P8n - r2*P8cm  # [cells/L] Central memory CD8 in blood
  d/dt(P8em) <- -K12*P8em + K21*Vm/Vb*M8em - kel*P8em + xP8*P8em + r2*P8cm - r3*P8em # [cells/L] Effector memory CD8 in blood
  d/dt(P8ef) <- -K12*P8ef + K21*Vm/Vb*M8ef - kelef*P8ef + r3*P8em                    # [cells/L] Effector CD8 in blood
  d/dt(P4n)  <- -K12*P4n  + K21*Vm/Vb*M4n  - kel*P4n  + xP4*P4n  - r1*P4n            # [cells/L] Naive CD4 in blood
  d/dt(P4cm) <- -K12*P4cm + K21*Vm/Vb*M4cm - kel*P4cm + xP4*P4cm + r1*P4n - r2*P4cm  # [cells/L] Central memory CD4 in blood
  d/dt(P4em) <- -K12*P4em + K21*Vm/Vb*M4em - kel*P4em + xP4*P4em + r2*P4cm - r3*P4em # [cells/L] Effector memory CD4 in blood
  d/dt(P4ef) <- -K12*P4ef + K21*Vm/Vb*M4ef - kelef*P4ef + r3*P4em                    # [cells/L] Effector CD4 in blood
  d/dt(M8n)  <- K12*Vb/Vm*P8n  - K21*M8n  + xM8*M8n  - r1*M8n            # [cells/L] Naive CD8 in marrow
  d/dt(M8cm) <- K12*Vb/Vm*P8cm - K21*M8cm + xM8*M8cm + r1*M8n - r2*M8cm  # [cells/L] Central memory CD8 in marrow
  d/dt(M8em) <- K12*Vb/Vm*P8em - K21*M8em + xM8*M8em + r2*M8cm - r3*M8em # [cells/L] Effector memory CD8 in marrow
  d/dt(M8ef) <- K12*Vb/Vm*P8ef - K21*M8ef + r3*M8em                      # [cells/L] Effector CD8 in marrow
  d/dt(M4n)  <- K12*Vb/Vm*P4n  - K21*M4n  + xM4*M4n  - r1*M4n            # [cells/L] Naive CD4 in marrow
  d/dt(M4cm) <- K12*Vb/Vm*P4cm - K21*M4cm + xM4*M4cm + r1*M4n - r2*M4cm  # [cells/L] Central memory CD4 in marrow
  d/dt(M4em) <- K12*Vb/Vm*P4em - K21*M4em + xM4*M4em + r2*M4cm - r3*M4em # [cells/L] Effector memory CD4 in marrow
  d/dt(M4ef) <- K12*Vb/Vm*P4ef - K21*M4ef + r3*M4em                      # [cells/L] Effector CD4 in marrow
  CAR  <- 1e-6*(P8 + P4) # [cells/uL] CAR-T cells in blood
  CAR8 <- 1e-6*P8        # [cells/uL] CD8 CAR-T cells in blood
  CAR4 <- 1e-6*P4        # [cells/uL] CD4 CAR-T cells in blood

  # B cells
  cBP ~ max(X8 + X4, 0)/max(BP, 1e-12) # [molecules/cell] Complexes per B cell in blood
  cBM ~ max(Y8 + Y4, 0)/max(BM, 1e-12) # [molecules/cell] Complexes per B cell in marrow
  kkillP ~ kkillx*cBP/(KC50 + cBP)     # [1/day] Killing in blood
  kkillM ~ kkillx*cBM/(KC50 + cBM)     # [1/day] Killing in marrow
  d/dt(BP) <- (Kg - kkillP)*BP # [cells/L] B cells in blood that were there before
  d/dt(BM) <- (Kg - kkillM)*BM # [cells/L] CD19+ cells in marrow
  d/dt(BR) <- ifelse(CAR < CARrev*exp(eta.CARrev), K0*exp(eta.K0)*(1 - (BP + BR)/(Bmax*exp(eta.Bmax))), 0) # [cells/L] Naive B cells that returned
  B  <- 1e-6*(BP + BR) # [cells/uL] B cells in blood
  Bo <- 1e-6*BP        # [cells/uL] B cells that were there before
  Bn <- 1e-6*BR        # [cells/uL] Naive B cells that returned

  # Lymphodepletion and host cells
  d/dt(LDC) <- -kLD*LDC # [mg] Lymphodepleting drug
  cLD ~ LDC/Vb
  E4 ~ Emax4*cLD/(EC4 + cLD)
  E8 ~ Emax8*cLD/(EC8 + cLD)
  EN ~ EmaxN*exp(eta.EmaxN)*cLD/(ECN + cLD)
  d/dt(CD4p) <- in4 - kCD4*CD4p*(1 - E4)       # [cells/uL] CD4 precursors
  d/dt(CD4)  <- kCD4*CD4p*(1 - E4) - kout4*CD4 # [cells/uL] CD4 cells
  d/dt(CD8p) <- kin8 - kCD8*CD8p*(1 - E8)      # [cells/uL] CD8 precursors
  d/dt(CD8)  <- kCD8*CD8p*(1 - E8) - kout8*CD8 # [cells/uL] CD8 cells
  d/dt(NP) <- ktr*NP*(1 - EN)*(NT_0/max(NT, 1))^gam - ktr*NP # [cells/uL] Neutrophil precursors
  d/dt(N1) <- ktr*(NP - N1) # [cells/uL] Neutrophils in transit, 1
  d/dt(N2) <- ktr*(N1 - N2) # [cells/uL] Neutrophils in transit, 2
  d/dt(N3) <- ktr*(N2 - N3) # [cells/uL] Neutrophils in transit, 3
  d/dt(NT) <- ktr*(N3 - NT) # [cells/uL] Neutrophils in blood

  # Disease
  d/dt(IFN) <- kifn*(IFN0*AAB/AAB0*NT/NT_0 - IFN) # [pg/L] Interferon-alpha
${equations}
  d/dt(C3) <- sC3*WT/Vb*(1 - C3/C3_0*max(AAB/AAB0, 1e-12)^gAAB) # [mg/L] Complement C3
  d/dt(U)  <- kU/Vu*(max(C3_0/C3, 1e-12)^gC3*max(IFN/IFN0, 1e-12)^gIU*exp(CD8/CD8_0)*exp(NT/NT_0) - U/U0) # [mg/g] Proteinuria
  IFNa   <- 0.001*IFN # [pg/mL] Interferon-alpha
  dsDNA  <- 0.001*AAB # [IU/mL] Anti-dsDNA
  SLEDAI_C3  <- S_C3 - m_C3*C3  # [score] SLEDAI by C3
  SLEDAI_IFN <- S_I + m_I*IFNa  # [score] SLEDAI by interferon-alpha

  P8n(0)  <- dose*WT*f8*gn/Vb
  P8cm(0) <- dose*WT*f8*gcm/Vb
  P8em(0) <- dose*WT*f8*gem/Vb
  P8ef(0) <- dose*WT*f8*gef/Vb
  P4n(0)  <- dose*WT*f4*gn/Vb
  P4cm(0) <- dose*WT*f4*gcm/Vb
  P4em(0) <- dose*WT*f4*gem/Vb
  P4ef(0) <- dose*WT*f4*gef/Vb
  BP(0)   <- B0
  BM(0)   <- BM0
  CD4p(0) <- in4/kCD4
  CD4(0)  <- CD4_0
  CD8p(0) <- kin8/kCD8
  CD8(0)  <- CD8_0
  NP(0) <- NT_0
  N1(0) <- NT_0
  N2(0) <- NT_0
  N3(0) <- NT_0
  NT(0) <- NT_0
  IFN(0) <- IFN0
  AAB(0) <- AAB0
  C3(0)  <- C3_0
  U(0)   <- U0
})
`
