//! Keeps the memories and tables of one instance within their limits.

use wasmtime::ResourceLimiter;

use crate::limits::Limits;

/// Counts what an instance has, over all its memories; each table for itself.
pub(crate) struct Ceiling {
    memory: usize,
    table: usize,
    /// Bytes of all memories now. Memories only grow, so it is the peak too.
    held: usize,
    pub memory_denied: bool,
    pub table_denied: bool,
}

impl Ceiling {
    pub fn of(limits: &Limits) -> Ceiling {
        Ceiling {
            memory: limits.memory,
            table: limits.table,
            held: 0,
            memory_denied: false,
            table_denied: false,
        }
    }

    /// The most bytes that all memories together had.
    pub fn peak_memory(&self) -> usize {
        self.held
    }
}

/// Growth beyond what the guest itself declared fails by itself and counts nothing.
fn fails_anyway(desired: usize, declared: Option<usize>) -> bool {
    declared.is_some_and(|most| desired > most)
}

impl ResourceLimiter for Ceiling {
    fn memory_growing(
        &mut self,
        current: usize,
        desired: usize,
        declared: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if fails_anyway(desired, declared) {
            return Ok(false);
        }
        let held = self.held.saturating_add(desired.saturating_sub(current));
        let allowed = held <= self.memory;
        if allowed {
            self.held = held;
        }
        self.memory_denied |= !allowed;
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _: usize,
        desired: usize,
        declared: Option<usize>,
    ) -> wasmtime::Result<bool> {
        if fails_anyway(desired, declared) {
            return Ok(false);
        }
        let allowed = desired <= self.table;
        self.table_denied |= !allowed;
        Ok(allowed)
    }
}

#[cfg(test)]
mod tests {
    use wasmtime::{Engine, Instance, Module, Store};

    use super::*;

    fn ceiling() -> Ceiling {
        Ceiling::of(&Limits {
            memory: 4 << 16,
            table: 100,
            ..Limits::default()
        })
    }

    /// A module with two memories of a page and a table of an element; its
    /// function grows each memory by a page and the table by `elements`.
    fn module(engine: &Engine, elements: i32) -> Module {
        use wasm_encoder::{
            CodeSection, ExportKind, ExportSection, Function, FunctionSection, Instruction,
            MemorySection, MemoryType, RefType, TableSection, TableType, TypeSection,
        };
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut tables = TableSection::new();
        tables.table(TableType {
            element_type: RefType::FUNCREF,
            table64: false,
            minimum: 1,
            maximum: None,
            shared: false,
        });
        let mut memories = MemorySection::new();
        for _ in 0..2 {
            memories.memory(MemoryType {
                minimum: 1,
                maximum: None,
                memory64: false,
                shared: false,
                page_size_log2: None,
            });
        }
        let mut exports = ExportSection::new();
        exports.export("grow", ExportKind::Func, 0);
        let mut function = Function::new([]);
        for memory in 0..2 {
            function
                .instruction(&Instruction::I32Const(1))
                .instruction(&Instruction::MemoryGrow(memory))
                .instruction(&Instruction::Drop);
        }
        function
            .instruction(&Instruction::RefNull(wasm_encoder::HeapType::FUNC))
            .instruction(&Instruction::I32Const(elements))
            .instruction(&Instruction::TableGrow(0))
            .instruction(&Instruction::Drop)
            .instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&function);
        let mut module = wasm_encoder::Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&tables)
            .section(&memories)
            .section(&exports)
            .section(&code);
        Module::new(engine, module.finish()).unwrap()
    }

    fn after_calls(calls: u32, elements: i32) -> Ceiling {
        let engine = Engine::default();
        let module = module(&engine, elements);
        let mut store = Store::new(&engine, ceiling());
        store.limiter(|ceiling| ceiling);
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let grow = instance
            .get_typed_func::<(), ()>(&mut store, "grow")
            .unwrap();
        for _ in 0..calls {
            grow.call(&mut store, ()).unwrap();
        }
        store.into_data()
    }

    #[test]
    fn all_memories_of_an_instance_count_together() {
        let within = after_calls(1, 1);
        assert!(!within.memory_denied);
        assert_eq!(within.peak_memory(), 4 << 16);
        let beyond = after_calls(2, 1);
        assert!(beyond.memory_denied);
        assert_eq!(beyond.peak_memory(), 4 << 16);
    }

    #[test]
    fn a_table_beyond_its_limit_is_denied() {
        assert!(!after_calls(1, 99).table_denied);
        assert!(after_calls(1, 100).table_denied);
    }

    #[test]
    fn growth_that_fails_by_itself_counts_nothing() {
        let mut ceiling = ceiling();
        assert!(!ceiling.memory_growing(0, 2 << 16, Some(1 << 16)).unwrap());
        assert_eq!((ceiling.held, ceiling.memory_denied), (0, false));
    }
}
