package io.certrail.metrics;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The beans of a server, one of a type. */
record FakeBeans<T>(Class<T> type, Map<Class<?>, Supplier<?>> all) implements Instance<T> {
    static Instance<Object> of(Map<Class<?>, Supplier<?>> all) {
        return new FakeBeans<>(Object.class, all);
    }

    @Override
    public <U extends T> Instance<U> select(Class<U> subtype, Annotation... qualifiers) {
        return new FakeBeans<>(subtype, all);
    }

    @Override
    public T get() {
        return type.cast(all.get(type).get());
    }

    @Override
    public boolean isUnsatisfied() {
        return !all.containsKey(type);
    }

    @Override
    public boolean isAmbiguous() {
        return false;
    }

    @Override
    public Iterator<T> iterator() {
        return isUnsatisfied() ? List.<T>of().iterator() : List.of(get()).iterator();
    }

    @Override
    public Instance<T> select(Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <U extends T> Instance<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroy(T instance) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handle<T> getHandle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<? extends Handle<T>> handles() {
        throw new UnsupportedOperationException();
    }
}
