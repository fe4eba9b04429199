/** Model text of `cart-manufacturing`. */
export const cartManufacturingText = `# Making CAR-T cells: leukapheresis, selection, transduction, expansion, release, freezing (day 0 is the infusion)

# Patient and leukapheresis
WT  = 70    # [kg] Body weight
cd4 = 206   # [cells/uL] CD4 T cells in blood at leukapheresis
cd8 = 353   # [cells/uL] CD8 T cells in blood at leukapheresis
vol = 10    # [L] Blood processed
eff = 0.465 # [1] Share of the T cells of that blood which is collected

# Days from referral to infusion
t_ref   = 22 # [day] Referral to leukapheresis
t_in    = 1  # [day] Leukapheresis to the plant
t_slot  = 0  # [day] Waiting for a place in the plant
culture = 12 # [day] Culture
t_qc    = 7  # [day] Tests until release
t_far   = 0  # [day] Further way and further release
t_out   = 5  # [day] Release to infusion: transport, appointment, lymphodepletion

# Selection, activation, transduction
rec   = 0.55 # [1] T cells recovered by selection
seed  = 1e8  # [cells] Most T cells put in culture
lag   = 1.5  # [day] Mean time until a cell is activated and divides
trans = 0.37 # [1] Share of activated cells that is transduced

# Expansion
grow  = 1       # [1] Growth in the process, relative to the default process
b4    = 0.47234 # [1/day] Division of CD4 T cells
b8    = 0.31437 # [1/day] Division of CD8 T cells
death = 0.09    # [1/day] Death of dividing cells
lysis = 0.5     # [1/day] Disappearance of dead cells
n0    = 0.4     # [1] Naive share of collected T cells
c0    = 0.25    # [1] Central memory share of collected T cells
k_nc  = 0.15594 # [1/day] Naive to central memory
k_ce  = 0.11822 # [1/day] Central memory to effector memory and effector

# Release
v_min  = 0.8  # [1] Least viability
tr_min = 0.05 # [1] Least transduction
order  = 1e6  # [cells/kg] Ordered dose of viable transduced cells, the most that is given
least  = 0.5  # [1] Least share of the ordered dose
bag    = 1e9  # [cells/kg] Most viable cells of the product, transduced or not
thaw   = 0.8  # [1] Cells that survive freezing and thawing

# After infusion, and the disease meanwhile
f_ref   = 0.05   # [1] What the reference models call the memory share of the product
m_ref   = 0.2939 # [1] Naive and central memory share of the product that this belongs to
lambda  = 0.00335 # [1/day] Hazard of not being infused while waiting
bridge  = 0      # [1] Share of the growth of a tumour that bridging prevents

# Days, counted from the infusion
v2v = t_in + t_slot + culture + t_qc + t_far + t_out # [day] Vein-to-vein time
r2i = t_ref + v2v # [day] Referral to infusion
t_A ~ -v2v + t_in + t_slot
t_H ~ t_A + culture
waiting ~ ifelse(t < -v2v, 0, 1)
growing = waiting*(1 - ifelse(t < 0, bridge, 0)) # [1] Disease takes its course (0 before leukapheresis)

# The end of culture in closed form: the rates are constant in it
k_a ~ 1/lag # [1/day] Activation
R40 ~ cd4*1e6*vol*eff
R80 ~ cd8*1e6*vol*eff
CD3 = R40 + R80 # [cells] T cells collected
kept ~ min(rec, seed/CD3)
m4  ~ grow*b4 - death
m8  ~ grow*b8 - death
eA  ~ exp(-k_a*culture)
eL  ~ exp(-lysis*culture)
e4  ~ exp(m4*culture)
e8  ~ exp(m8*culture)
A4  ~ kept*R40*k_a/(k_a + m4)*(e4 - eA)
A8  ~ kept*R80*k_a/(k_a + m8)*(e8 - eA)
D4  ~ death*kept*R40*k_a/(k_a + m4)*((e4 - eL)/(m4 + lysis) - (eA - eL)/(lysis - k_a))
D8  ~ death*kept*R80*k_a/(k_a + m8)*((e8 - eL)/(m8 + lysis) - (eA - eL)/(lysis - k_a))
fold = (A4 + A8)/(kept*CD3) # [1] Cells per cell put in culture
viable = (A4 + A8)/(A4 + A8 + D4 + D8) # [1] Viability at harvest
reached = min(order, trans*min(bag, thaw*(A4 + A8)/WT)) # [cells/kg] Viable transduced cells for infusion
released = ifelse(viable >= v_min & trans >= tr_min & reached >= least*order, 1, 0) # [1] Product released (1) or failed (0)
made = released*reached # [cells/kg] Dose; nothing where the product failed
infused = released*exp(-lambda*v2v) # [1] Probability of being infused

# The same as a course
inC ~ ifelse(t >= t_A & t < t_H, 1, 0)
inF ~ ifelse(t >= t_H & t < t_H + 1, 1, 0)
act ~ inC*k_a # [1/day] Activation in culture
frz ~ -inF*log(thaw)
g4  ~ inC*m4 - frz
g8  ~ inC*m8 - frz
in4 ~ act*kept*R4
in8 ~ act*kept*R8

car4 ~ N4 + C4 + E4
car8 ~ N8 + C8 + E8
all4 ~ U4 + car4
all8 ~ U8 + car8
alive = all4 + all8 # [cells] Living cells

d/dt(R4) = -act*R4 # [cells] Collected CD4 T cells, at rest
d/dt(R8) = -act*R8 # [cells] Collected CD8 T cells, at rest
d/dt(U4) = in4*(1 - trans) + g4*U4 # [cells] Untransduced CD4 cells
d/dt(U8) = in8*(1 - trans) + g8*U8 # [cells] Untransduced CD8 cells
d/dt(N4) = in4*trans*n0 + (g4 - inC*k_nc)*N4 # [cells] CAR-T cells, CD4, naive
d/dt(N8) = in8*trans*n0 + (g8 - inC*k_nc)*N8 # [cells] CAR-T cells, CD8, naive
d/dt(C4) = in4*trans*c0 + inC*k_nc*N4 + (g4 - inC*k_ce)*C4 # [cells] CAR-T cells, CD4, central memory
d/dt(C8) = in8*trans*c0 + inC*k_nc*N8 + (g8 - inC*k_ce)*C8 # [cells] CAR-T cells, CD8, central memory
d/dt(E4) = in4*trans*(1 - n0 - c0) + inC*k_ce*C4 + g4*E4 # [cells] CAR-T cells, CD4, effector memory and effector
d/dt(E8) = in8*trans*(1 - n0 - c0) + inC*k_ce*C8 + g8*E8 # [cells] CAR-T cells, CD8, effector memory and effector
d/dt(DEAD) = (inC*death + frz)*alive - inC*lysis*DEAD # [cells] Dead cells
d/dt(GONE) = act*(1 - kept)*(R4 + R8) + inC*lysis*DEAD # [cells] Cells left out by selection, and dead cells that disappeared
d/dt(BORN) = inC*grow*(b4*all4 + b8*all8) # [cells] Cells born by division
R4(0) = R40
R8(0) = R80

cart = car4 + car8 # [cells] Living CAR-T cells
viability = alive/max(alive + DEAD, 1e-30) # [1] Viability
transduced = cart/max(alive, 1e-30) # [1] Transduced share of the living cells
f_cd4 = car4/max(cart, 1e-30) # [1] CD4 share of the CAR-T cells
f_naive = (N4 + N8)/max(cart, 1e-30) # [1] Naive share of the CAR-T cells
f_cm = (C4 + C8)/max(cart, 1e-30) # [1] Central memory share of the CAR-T cells
f_mem = f_ref*(f_naive + f_cm)/m_ref # [1] Memory share of the product, as the reference models count it
ready = min(order, transduced*min(bag, alive/WT)) # [cells/kg] Viable CAR-T cells at hand
`
