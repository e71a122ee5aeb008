/**
 * Passes an agent's requests on to its model: puts the key in, counts what is used, and ends the
 * session when its limits are reached.
 */
@NullMarked
package io.numa.avatar.agent.gateway;

import org.jspecify.annotations.NullMarked;
