package io.numa.avatar.nats.internal.claim;

import java.util.Optional;

/**
 * A claim as it was read or written.
 *
 * @param claim empty if there is none
 * @param revision changes with each write; a write names the one that it replaces
 */
public record StoredClaim(Optional<Claim> claim, long revision) {}
