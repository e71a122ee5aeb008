/** Reads what agents answer that review a change. */
@NullMarked
package io.numa.avatar.agent.review;

import org.jspecify.annotations.NullMarked;
