/**
 * The second dialect, {@code /api/v1}: a list of tasks without messages, statuses without details,
 * no claims and no logs. Begin with {@link io.numa.avatar.backend.internal.v1.V1Backend}.
 */
@NullMarked
package io.numa.avatar.backend.internal.v1;

import org.jspecify.annotations.NullMarked;
