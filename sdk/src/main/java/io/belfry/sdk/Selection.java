package io.belfry.sdk;

/// Which objects to list: a [Condition], a [Query], or a step from everything to a query.
///
/// ```java
/// vmApi.getVms(Vm.NAME.is("web-1"));
/// vmApi.getVms(q -> q.where(Vm.VCPU.greaterThan(4)).orderBy(Vm.NAME.ascending()).first(50));
/// ```
///
/// @param <T> the entity
@FunctionalInterface
public interface Selection<T> {
  Query<T> from(Query<T> everything);
}
