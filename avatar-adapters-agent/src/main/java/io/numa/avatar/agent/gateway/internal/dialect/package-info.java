/**
 * The manners in which agents speak with models: what requests ask for, where they can be changed,
 * what answers state, and how errors look. Knows no connections.
 */
@NullMarked
package io.numa.avatar.agent.gateway.internal.dialect;

import org.jspecify.annotations.NullMarked;
