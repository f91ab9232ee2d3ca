// The name of the group that a capture takes, where its expression has one.
export const VALUE_GROUP = 'v';
