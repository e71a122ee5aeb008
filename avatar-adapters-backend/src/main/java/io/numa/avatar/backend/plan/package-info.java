/**
 * The language of development plans: its documents, bound to records and checked, and how they
 * become the core's values.
 *
 * <p>The backend adapter and the command line call it. Begin with {@link
 * io.numa.avatar.backend.plan.PlanReader}.
 */
@NullMarked
package io.numa.avatar.backend.plan;

import org.jspecify.annotations.NullMarked;
