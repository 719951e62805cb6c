//! How much code a package may have: checked before the compiler sees it, because
//! what it takes grows faster than the bytes.
//!
//! A Rust plugin has about 200 KiB of code in 700 functions. The bounds are for
//! the interpreters that other languages bring: QuickJS about 1 MiB, CPython
//! about 10 MiB in 20,000 functions, the largest of them the bytecode loops of
//! some 100 KiB each.

use wasmparser::{FunctionBody, Parser, Payload};

/// Bytes of all function bodies.
pub const MAX_CODE: usize = 24 << 20;
/// Bytes of one function body.
pub const MAX_FUNCTION: usize = 256 << 10;
/// Functions with a body.
pub const MAX_FUNCTIONS: usize = 60_000;
/// Locals of one function.
pub const MAX_LOCALS: u64 = 10_000;

/// The bound that a component is over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeBound {
    #[error("more than {MAX_CODE} bytes of code")]
    Code,
    #[error("a function has {0} bytes; at most {MAX_FUNCTION} are taken")]
    Function(usize),
    #[error("more than {MAX_FUNCTIONS} functions")]
    Functions,
    #[error("a function has {0} locals; at most {MAX_LOCALS} are taken")]
    Locals(u64),
    #[error("the code cannot be read: {0}")]
    Unreadable(String),
}

impl From<wasmparser::BinaryReaderError> for CodeBound {
    fn from(fault: wasmparser::BinaryReaderError) -> CodeBound {
        CodeBound::Unreadable(fault.to_string())
    }
}

/// Checks all modules of a component.
pub(crate) fn check(component: &[u8]) -> Result<(), CodeBound> {
    let (mut functions, mut code) = (0, 0);
    for payload in Parser::new(0).parse_all(component) {
        let Payload::CodeSectionEntry(body) = payload? else {
            continue;
        };
        functions += 1;
        code += size(&body);
        if functions > MAX_FUNCTIONS {
            return Err(CodeBound::Functions);
        }
        if code > MAX_CODE {
            return Err(CodeBound::Code);
        }
        check_function(&body)?;
    }
    Ok(())
}

fn size(body: &FunctionBody) -> usize {
    body.range().len()
}

fn check_function(body: &FunctionBody) -> Result<(), CodeBound> {
    if size(body) > MAX_FUNCTION {
        return Err(CodeBound::Function(size(body)));
    }
    let mut locals = 0;
    for group in body.get_locals_reader()? {
        let (many, _) = group?;
        locals += u64::from(many);
    }
    if locals > MAX_LOCALS {
        return Err(CodeBound::Locals(locals));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        CodeSection, Component, Function, FunctionSection, Instruction, Module, ModuleSection,
        TypeSection, ValType,
    };

    use super::*;

    /// A component around a module with so many functions of so many locals and bytes.
    fn component(functions: u32, locals: u32, bytes: usize) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let (mut declared, mut code) = (FunctionSection::new(), CodeSection::new());
        let mut function = Function::new([(locals, ValType::I32)]);
        for _ in 0..bytes {
            function.instruction(&Instruction::Nop);
        }
        function.instruction(&Instruction::End);
        for _ in 0..functions {
            declared.function(0);
            code.function(&function);
        }
        let mut module = Module::new();
        module.section(&types).section(&declared).section(&code);
        let mut component = Component::new();
        component.section(&ModuleSection(&module));
        component.finish()
    }

    #[test]
    fn what_is_over_a_bound_is_refused_by_its_name() {
        assert_eq!(check(&component(10, 100, 1_000)), Ok(()));
        let large = check(&component(1, 0, MAX_FUNCTION));
        assert!(matches!(large, Err(CodeBound::Function(_))), "{large:?}");
        let many = check(&component(MAX_FUNCTIONS as u32 + 1, 0, 0));
        assert_eq!(many, Err(CodeBound::Functions));
        let locals = check(&component(1, 10_001, 0));
        assert_eq!(locals, Err(CodeBound::Locals(10_001)));
        let whole = check(&component(100, 0, MAX_FUNCTION - 100));
        assert_eq!(whole, Err(CodeBound::Code));
    }
}
