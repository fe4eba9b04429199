/** Names that stand for something of the run: not to be assigned, and no states. */
export const reservedNames: ReadonlySet<string> = new Set(
  't time tad podo newind id cmt evid dvid ii addl ss NULL if else function'.split(' '),
)

/** Names of the run that have a value in rxode2 and none here yet. */
export const refusedNames: ReadonlySet<string> = new Set('newind id cmt evid dvid ii addl ss NULL CMT'.split(' '))
