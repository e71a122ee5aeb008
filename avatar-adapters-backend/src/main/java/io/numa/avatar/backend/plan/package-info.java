/** The language of development plans: its keys, types and rules, and how texts of it are read. */
@NullMarked
package io.numa.avatar.backend.plan;

import org.jspecify.annotations.NullMarked;
